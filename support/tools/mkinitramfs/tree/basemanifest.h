/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The base manifest: the files that exist already when the archive is unpacked. */
#ifndef MKINITRAMFS_BASEMANIFEST_H
#define MKINITRAMFS_BASEMANIFEST_H

#include "node.h"
#include "problem.h"

/* Add the lines of the manifest to the tree, which must be empty, as held nodes. */
void basemanifestread(struct tree *t, const char *file, struct problems *p);

#endif
