/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file under way: PATH.part, its digest computed as it grows. It becomes PATH only by
 * partpublish. Functions return 0, or -1 with errno set.
 */
#ifndef FETCH_PART_H
#define FETCH_PART_H

#include <sys/types.h>

#include "base/digest.h"

struct part {
	int fd;		    /* -1 when not open */
	char *path;	    /* owned */
	off_t len;	    /* bytes it holds, all of them digested */
	struct digest *sum; /* of these bytes; NULL once partsum was called */
};

/*
 * Open path, or create it; sum becomes the digest of what it holds already. What is there and is no
 * regular file is refused with ENOTSUP.
 */
int partopen(struct part *p, const char *path, char sum[DIGESTHEX]);

/* Append all of data, or (after a failure) nothing. */
int partadd(struct part *p, const void *data, size_t len);

/* The digest of all of it. Only partreset, partpublish and partclose may follow. */
void partsum(struct part *p, char sum[DIGESTHEX]);

/* Empty it. */
int partreset(struct part *p);

/* Give it its final name, durably, and close it. After a failure it is still open under the old. */
int partpublish(struct part *p, const char *path);

/* Close it, if it is open; it stays for a later run unless it is empty. */
void partclose(struct part *p);

#endif
