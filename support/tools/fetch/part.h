/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A partial download, PATH.part, with its digest computed as it grows. partpublish renames it to
 * PATH. Functions return 0, or -1 with errno.
 */
#ifndef FETCH_PART_H
#define FETCH_PART_H

#include <sys/types.h>

#include "base/digest.h"

struct part {
	int fd;		    /* -1 when not open */
	char *path;	    /* owned */
	off_t len;	    /* its length; all bytes are in the digest */
	struct digest *sum; /* of these bytes; NULL after partsum */
};

/*
 * Open path, or create it; sum is set to the digest of its present contents. If path exists and is
 * not a regular file, errno is ENOTSUP.
 */
int partopen(struct part *p, const char *path, char sum[DIGESTHEX]);

/* Append data: all of it, or nothing on failure. */
int partadd(struct part *p, const void *data, size_t len);

/*
 * Set sum to the digest of the contents. Afterwards only partreset, partpublish and partclose may
 * be called.
 */
void partsum(struct part *p, char sum[DIGESTHEX]);

/* Truncate it to length 0. */
int partreset(struct part *p);

/* Rename it to path, durably, and close it. On failure it stays open under its old name. */
int partpublish(struct part *p, const char *path);

/* Close it, if open. It stays for a later run unless it is empty. */
void partclose(struct part *p);

#endif
