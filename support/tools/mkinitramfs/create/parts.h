/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of an image, which are concatenated archives. Each layer that is kept apart has a part
 * of its own. Part 0 has everything else.
 */
#ifndef MKINITRAMFS_PARTS_H
#define MKINITRAMFS_PARTS_H

#include <limits.h>

#include "base/buf.h"
#include "mkinitramfs/tree/node.h"

#define PART_NONE UINT_MAX /* a node that is held goes nowhere */

/*
 * Set the part of each node of the sealed tree: number i + 1 for nodes of the layer apart[i]. A
 * directory belongs to the first part that has an entry below it.
 */
void partsassign(struct tree *t, const struct strlist *apart);

/* Return whether any node belongs to that part. */
bool partused(const struct tree *t, unsigned part);

#endif
