/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an image unpacks to, as a tree, and a tree as a list for gen_init_cpio or --table. */
#ifndef MKINITRAMFS_WRITELIST_H
#define MKINITRAMFS_WRITELIST_H

#include "archive/cpio.h"
#include "fs/links.h"
#include "node.h"
#include "problem.h"

/* An image becoming a tree. Zero-initialise, then set problems and digests. */
struct unpacked {
	struct tree tree;   /* without sources; nodesfree it */
	struct links links; /* linksfree them */
	bool digests;	    /* of files are wanted */
	struct problems *problems;
};

/* A visitor's function (see image.h) for a struct unpacked: as in the kernel, the last wins. */
int unpackentry(void *context, uint32_t archive, const struct cpioentry *e);

/* Append the sealed tree to out as lines; a file's source is its name below the directory prefix.
 */
void listformat(const struct tree *t, const char *prefix, struct buf *out);

#endif
