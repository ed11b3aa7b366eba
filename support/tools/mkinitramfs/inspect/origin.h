/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The origins of the files in an image, as far as they are known. */
#ifndef MKINITRAMFS_ORIGIN_H
#define MKINITRAMFS_ORIGIN_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Read rootfs.manifest in the directory of the image file, if there is one. Errors are added to p.
 * The tree is not sealed.
 */
void originread(struct tree *manifest, const char *file, struct problems *p);

/*
 * Return the origin of path from the manifest, or else "/" and its top-level directory. Caller
 * frees.
 */
char *originwho(const struct tree *manifest, const char *path);

#endif
