/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One entry of a newc cpio archive in memory, which may hold anything at all. */
#ifndef ARCHIVE_CPIO_H
#define ARCHIVE_CPIO_H

#include <stdbool.h>

#include "archive/newc.h"
#include "base/buf.h"

struct cpioentry {
	struct newc head;
	const char *name;	   /* as in the archive, in whose memory it lies */
	const unsigned char *data; /* head.size bytes, likewise */
	const char *target; /* of a symbolic link, NULL for others; lives until the next read */
	bool trailer;	    /* this entry ends the archive */
	const unsigned char *begin; /* of its header, likewise */
	size_t len;		    /* from there to the next entry */
};

/* An archive being read: set data and len, leave the rest zero. */
struct cpio {
	const unsigned char *data; /* borrowed */
	size_t len;
	size_t pos; /* of the next entry; the kernel counts alignment from data, so do we */
	struct buf target;
	struct buf why; /* after a failure: what is wrong */
};

/* Read the entry at pos and go past it. 0, or -1 with why set and pos where it was. */
int cpioread(struct cpio *c, struct cpioentry *e);

/*
 * The entry's name as a path of the tree, which the caller frees. NULL if it is absolute or
 * has ".." in it, and so might lead out of the tree.
 */
char *cpiopath(const struct cpioentry *e);

void cpiofree(struct cpio *c);

#endif
