/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The manifest: the sealed tree as text, one line for each path, sorted. docs/mkinitramfs.md
 * describes the format.
 */
#ifndef MKINITRAMFS_MANIFEST_H
#define MKINITRAMFS_MANIFEST_H

#include "base/buf.h"
#include "mkinitramfs/tree/node.h"

/* Append the lines to out. The digests of files must be set. */
void manifestformat(const struct tree *t, struct buf *out);

#endif
