/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conversion of an image to a tree, and of a tree to a list for gen_init_cpio or --table. */
#ifndef MKINITRAMFS_WRITELIST_H
#define MKINITRAMFS_WRITELIST_H

#include "archive/cpio.h"
#include "fs/links.h"
#include "node.h"
#include "problem.h"

/* An image that is converted to a tree. Zero-initialise, then set problems and digests. */
struct unpacked {
	struct tree tree;   /* without sources; free it with nodesfree */
	struct links links; /* free them with linksfree */
	bool digests;	    /* compute the digests of files */
	struct problems *problems;
};

/*
 * A visitor's callback (see image.h) for a struct unpacked. As in the kernel, the last entry of a
 * path wins.
 */
int unpackentry(void *context, uint32_t archive, const struct cpioentry *e);

/*
 * Append the sealed tree to out as lines. A file's source is its path below the directory prefix.
 */
void listformat(const struct tree *t, const char *prefix, struct buf *out);

#endif
