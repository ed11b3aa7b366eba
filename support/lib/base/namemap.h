/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A map from names to pointers. Zero-initialise before use: struct table t = { 0 }. */
#ifndef BASE_NAMEMAP_H
#define BASE_NAMEMAP_H

#include <stddef.h>

struct table {
	struct slot *slot; /* cap of them, those in use anywhere; owned */
	size_t len;	   /* names in it */
	size_t cap;	   /* a power of two, or 0 */
};

/*
 * Where name's value is kept, NULL at first. The name is not copied and must live as long
 * as the table; the place is valid until the next tableput.
 */
void **tableput(struct table *t, const char *name);

/* name's value, NULL if it has none. */
void *tableget(const struct table *t, const char *name);

void tablefree(struct table *t);

#endif
