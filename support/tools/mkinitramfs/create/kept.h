/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compressed archives that are kept in a directory for the next run, each under a digest of all
 * that decides its bytes: what is in it, the compressor, its level and its library, this program. A
 * file begins with the digest of what follows (hex, a NUL): one that is not whole is made anew.
 */
#ifndef MKINITRAMFS_KEPT_H
#define MKINITRAMFS_KEPT_H

#include <stdint.h>

#include "base/buf.h"
#include "range.h"

struct kept {
	const char *dir;      /* borrowed */
	struct strlist used;  /* names of files that this run has used */
	char self[DIGESTHEX]; /* digest of this program; "" if it is not known: then nothing is kept
			       */
};

/* Begin to use dir, which is made if it is not there. 0, or -1 with errno set. */
int keptopen(struct kept *k, const char *dir);

/*
 * As rangecompress; what an earlier run has compressed is copied. 0, or -1 with errno set.
 */
int keptcompress(struct kept *k, const struct range *r, const struct compressor *c, int level,
		 int out, uint64_t *written);

/* Remove what this run has not used, unless it failed. */
void keptclose(struct kept *k, int failed);

#endif
