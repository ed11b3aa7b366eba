/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who brought what is in an image, as far as that is known. */
#ifndef MKINITRAMFS_ORIGIN_H
#define MKINITRAMFS_ORIGIN_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Read rootfs.manifest beside the image file, if there is one; what is wrong with it is a problem.
 * The tree is not sealed.
 */
void originread(struct tree *manifest, const char *file, struct problems *p);

/* Who brought path, as the manifest knows, or "/" and the directory that it lies in at the top; the
 * caller frees it. */
char *originwho(const struct tree *manifest, const char *path);

#endif
