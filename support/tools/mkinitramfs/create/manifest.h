/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sealed tree as text: one line a path, sorted; docs/mkinitramfs.md has the format. */
#ifndef MKINITRAMFS_MANIFEST_H
#define MKINITRAMFS_MANIFEST_H

#include "base/buf.h"
#include "mkinitramfs/tree/node.h"

/* Append the lines to out. Files must have their digests. */
void manifestformat(const struct tree *t, struct buf *out);

#endif
