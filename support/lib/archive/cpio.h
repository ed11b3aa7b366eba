/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reader of newc cpio archives in memory. The data is untrusted. */
#ifndef ARCHIVE_CPIO_H
#define ARCHIVE_CPIO_H

#include <stdbool.h>

#include "archive/newc.h"
#include "base/buf.h"

struct cpioentry {
	struct newc head;
	const char *name;	    /* as in the archive; points into data */
	const unsigned char *data;  /* head.size bytes; points into data */
	const char *target;	    /* of a symbolic link, else NULL; valid until the next read */
	bool trailer;		    /* this entry ends the archive */
	const unsigned char *begin; /* start of its header; points into data */
	size_t len;		    /* bytes from begin to the next entry */
};

/* An archive that is being read. Set data and len; leave the rest zero. */
struct cpio {
	const unsigned char *data; /* borrowed */
	size_t len;
	size_t pos; /* offset of the next entry in data; alignment is relative to data, as in the
		       kernel */
	struct buf target;
	struct buf why; /* error message after a failure */
};

/* Read the entry at pos and advance pos. Returns 0, or -1 with why set and pos unchanged. */
int cpioread(struct cpio *c, struct cpioentry *e);

/*
 * Return the entry's name as a path relative to the tree. Caller frees. Returns NULL if the name is
 * absolute or contains "..", because it could lead out of the tree.
 */
char *cpiopath(const struct cpioentry *e);

void cpiofree(struct cpio *c);

#endif
