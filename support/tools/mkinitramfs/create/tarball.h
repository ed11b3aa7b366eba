/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing of a sealed tree as a tar archive, from which images of file systems are made. */
#ifndef MKINITRAMFS_TARBALL_H
#define MKINITRAMFS_TARBALL_H

#include <stdint.h>

#include "fs/file.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Write all of the tree, whatever part it is in, to o, which is open. All time stamps are mtime
 * (seconds since 1970). Returns 0, or -1 with the error in p.
 */
int tarball(const struct tree *t, uint32_t mtime, const struct outfile *o, struct problems *p);

#endif
