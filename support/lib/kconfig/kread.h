/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The statements of Kconfig files, through all the files; used by kconfig.c only. */
#ifndef KCONFIG_KREAD_H
#define KCONFIG_KREAD_H

#include <sys/types.h>

#include "kconfig/kconfig.h"

/* Bounds. The kernel of today has some 1,500 files of 6 MB in all, for one architecture. */
enum {
	KREAD_DEPTH = 64,	/* source statements in each other */
	KREAD_BLOCKS = 200,	/* if, menu and choice in each other */
	KREAD_FILES = 20000,	/* files, each as often as it is sourced */
	KREAD_BYTES = 32 << 20, /* in all of these */
};

/* A file that is being read. */
struct kopen {
	dev_t dev;
	ino_t ino;
};

/* What is being read, through all the files. Free why at the end. */
struct kread {
	struct kconfig *k;
	const char *tree;		/* the source tree; NULL: nothing is sourced */
	struct kentry *block;		/* the innermost open block, or NULL */
	struct kentry *current;		/* what attributes belong to, or NULL */
	struct kopen open[KREAD_DEPTH]; /* the files that are being read, outermost first */
	size_t depth;			/* how many of them there are */
	size_t files, bytes;		/* read so far */
	char *why; /* "FILE:LINE: ...": what put an end to the reading; NULL: nothing did; owned */
};

/*
 * Read the file at path (relative to the tree) and what it sources. -1 with errno if it cannot be
 * read, or with r->why set.
 */
int kreadtree(struct kread *r, const char *path);

/* Read a copy of text, called path, as one file; r->why may be set. */
void kreadtext(struct kread *r, const char *path, const char *text);

#endif
