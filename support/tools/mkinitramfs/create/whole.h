/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether an initramfs is all there. The kernel unpacks what it can of one that was cut off, boots,
 * and leaves the rest missing.
 */
#ifndef MKINITRAMFS_WHOLE_H
#define MKINITRAMFS_WHOLE_H

#include "base/buf.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Look through the image in data. 0, or -1 with what --list would say of it added to p, where file
 * names it. More than --list, it wants at least one archive, and the trailer of each.
 */
int wholecheck(const char *file, const struct buf *data, struct problems *p);

#endif
