/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Check that an initramfs is complete. The kernel unpacks as much as it can of a truncated one and
 * boots without the rest.
 */
#ifndef MKINITRAMFS_WHOLE_H
#define MKINITRAMFS_WHOLE_H

#include "base/buf.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Check the image in data. Returns 0, or -1 with the error that --list would report added to p;
 * file is its name there. It is stricter than --list: it requires at least one archive, and a
 * trailer for each.
 */
int wholecheck(const char *file, const struct buf *data, struct problems *p);

#endif
