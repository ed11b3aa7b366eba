/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cache of compressed archives, kept in a directory for the next run. Each is named by a digest of
 * everything that determines its bytes: its content, the compressor, its level and its library, and
 * this program. A file starts with the digest of the rest (hex and a NUL); an incomplete file is
 * created again.
 */
#ifndef MKINITRAMFS_KEPT_H
#define MKINITRAMFS_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "range.h"

struct kept {
	const char *dir;      /* borrowed */
	struct strlist used;  /* names of files used in this run */
	char self[DIGESTHEX]; /* digest of this program; "" if unknown: then the cache is off */
};

/* Open the cache in dir, which is created if needed. Returns 0, or -1 with errno set. */
int keptopen(struct kept *k, const char *dir);

/*
 * Compress as rangecompress does, but copy the result of an earlier run if there is one. Returns 0,
 * or -1 with errno set.
 */
int keptcompress(struct kept *k, const struct range *r, const struct compressor *c, int level,
		 int out, uint64_t *written);

/* Remove the files that this run did not use, unless it failed. */
void keptclose(struct kept *k, bool failed);

#endif
