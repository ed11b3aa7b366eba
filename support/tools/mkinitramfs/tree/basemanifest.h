/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is there already when an archive is unpacked, by the manifest of what was made before. */
#ifndef MKINITRAMFS_BASEMANIFEST_H
#define MKINITRAMFS_BASEMANIFEST_H

#include "node.h"
#include "problem.h"

/* Add the manifest's lines to the tree, which holds nothing else yet, as held nodes. */
void basemanifestread(struct tree *t, const char *file, struct problems *p);

#endif
