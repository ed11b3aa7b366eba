/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parsing of the statements of Kconfig files, including sourced files. Only kconfig.c uses it. */
#ifndef KCONFIG_KREAD_H
#define KCONFIG_KREAD_H

#include <sys/types.h>

#include "kconfig/kconfig.h"

/* Limits. Today's kernel has about 1,500 files of 6 MB in total for one architecture. */
enum {
	KREAD_DEPTH = 64,	/* nested source statements */
	KREAD_BLOCKS = 200,	/* nested if, menu and choice blocks */
	KREAD_FILES = 20000,	/* files, counted each time they are sourced */
	KREAD_BYTES = 32 << 20, /* total size of these files */
};

/* A file that is being read. */
struct kopen {
	dev_t dev;
	ino_t ino;
};

/* The state of the parser, across all files. Free why at the end. */
struct kread {
	struct kconfig *k;
	const char *tree;		/* the source tree; NULL: do not read sourced files */
	struct kentry *block;		/* the innermost open block, or NULL */
	struct kentry *current;		/* the entry that attributes belong to, or NULL */
	struct kopen open[KREAD_DEPTH]; /* the open files, the outermost first */
	size_t depth;			/* number of open files */
	size_t files, bytes;		/* read so far */
	char *why; /* error message "FILE:LINE: ..." that stopped the parser; NULL: none; owned */
};

/*
 * Read the file at path (relative to the tree) and the files that it sources. Returns 0; -1 with
 * errno set if it cannot be read, or with r->why set.
 */
int kreadtree(struct kread *r, const char *path);

/* Read a copy of text as one file called path. May set r->why. */
void kreadtext(struct kread *r, const char *path, const char *text);

#endif
