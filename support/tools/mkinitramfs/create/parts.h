/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of an image: archives one after the other. Part 0 has all but what the layers bring
 * that are to stay apart; each of those has a part of its own.
 */
#ifndef MKINITRAMFS_PARTS_H
#define MKINITRAMFS_PARTS_H

#include <limits.h>

#include "base/buf.h"
#include "mkinitramfs/tree/node.h"

#define PART_NONE UINT_MAX /* a node that is held goes nowhere */

/*
 * Say of each node of the sealed tree what part it goes to: number i + 1 for what the layer
 * apart[i] brought. A directory goes to the first part that has something in it.
 */
void partsassign(struct tree *t, const struct strlist *apart);

/* Whether any node goes to that part. */
bool partused(const struct tree *t, unsigned part);

#endif
