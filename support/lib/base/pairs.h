/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A growable list of pairs of a name and a value. */
#ifndef BASE_PAIRS_H
#define BASE_PAIRS_H

#include <stddef.h>

struct pair {
	char *name;
	char *value;
};

/* Zero-initialise before use. */
struct pairs {
	struct pair *item; /* owned, as are the strings */
	size_t len;
};

/* Append copies of name and value. */
void pairadd(struct pairs *p, const char *name, const char *value);

/* Return the value of the first pair with that name, or NULL. */
const char *pairfind(const struct pairs *p, const char *name);

/* Sort by name. */
void pairsort(struct pairs *p);

/* Free the memory. The list is empty and usable afterwards. */
void pairsfree(struct pairs *p);

#endif
