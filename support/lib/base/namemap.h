/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A map from names to pointers. Zero-initialise before use: struct table t = { 0 }. */
#ifndef BASE_NAMEMAP_H
#define BASE_NAMEMAP_H

#include <stddef.h>

struct table {
	struct slot *slot; /* array of cap slots, used and free ones mixed; owned */
	size_t len;	   /* number of names */
	size_t cap;	   /* a power of two, or 0 */
};

/*
 * Return the address of name's value, which is NULL at first; add name if it is missing. The name
 * is not copied and must live as long as the table. The address is valid until the next tableput.
 */
void **tableput(struct table *t, const char *name);

/* Return name's value, or NULL if it has none. */
void *tableget(const struct table *t, const char *name);

void tablefree(struct table *t);

#endif
