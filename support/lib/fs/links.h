/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A map from a pair of numbers to a pointer. It records the inodes that were seen, to find hard
 * links.
 */
#ifndef FS_LINKS_H
#define FS_LINKS_H

#include <stdint.h>

/* Zero-initialise before use. */
struct links {
	void *root; /* a tsearch tree */
};

/* Return the address of the pointer for (high, low); the pointer is NULL if the pair is new. */
void **linkslot(struct links *l, uint64_t high, uint64_t low);

/* Free the map; the targets of the pointers belong to the caller. */
void linksfree(struct links *l);

#endif
