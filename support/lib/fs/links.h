/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which inode was seen before, to find hard links: a map from a pair of numbers to a pointer. */
#ifndef FS_LINKS_H
#define FS_LINKS_H

#include <stdint.h>

/* Zero-initialise before use. */
struct links {
	void *root; /* a tsearch tree */
};

/* Where the pointer for (high, low) is kept; it is NULL when the pair was not seen before. */
void **linkslot(struct links *l, uint64_t high, uint64_t low);

/* Forget all; what the pointers point to is the caller's. */
void linksfree(struct links *l);

#endif
