/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The syntax of Kconfig files, line by line; used by kconfig.c only. */
#ifndef KMERGE_KREAD_H
#define KMERGE_KREAD_H

#include "kconfig.h"

enum { KREAD_DEPTH = 64 }; /* source statements in each other */

/* What is being read, through all the files. */
struct kread {
	struct kconfig *k;
	const char *tree;	       /* the source tree */
	struct kentry *block;	       /* the innermost open block, or NULL */
	struct kentry *current;	       /* what attributes belong to, or NULL */
	const char *open[KREAD_DEPTH]; /* the files that are being read, outermost first */
	size_t depth;		       /* how many of them there are */
};

/* Read the file at path (relative to the tree) and what it sources. -1 with errno if it cannot be
 * read. */
int kreadfile(struct kread *r, const char *path);

#endif
