// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/namemap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct slot {
	const char *name; /* NULL: the slot is free */
	void *value;
};

/* FNV-1a */
static size_t hash(const char *name)
{
	uint64_t h = 14695981039346656037u;

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

/* Return the slot that holds name, or the free slot for it. The table must have a free slot. */
static struct slot *slotfind(const struct table *t, const char *name)
{
	size_t i = hash(name) & (t->cap - 1);

	while (t->slot[i].name && strcmp(t->slot[i].name, name) != 0)
		i = (i + 1) & (t->cap - 1);
	return &t->slot[i];
}

static void tablegrow(struct table *t)
{
	struct table old = *t;

	t->cap = old.cap ? 2 * old.cap : 64;
	t->slot = xcalloc(t->cap, sizeof(*t->slot));
	for (size_t i = 0; i < old.cap; i++) {
		if (old.slot[i].name)
			*slotfind(t, old.slot[i].name) = old.slot[i];
	}
	free(old.slot);
}

void **tableput(struct table *t, const char *name)
{
	struct slot *s;

	if (2 * t->len >= t->cap)
		tablegrow(t);
	s = slotfind(t, name);
	if (!s->name) {
		s->name = name;
		t->len++;
	}
	return &s->value;
}

void *tableget(const struct table *t, const char *name)
{
	return t->cap ? slotfind(t, name)->value : NULL;
}

void tablefree(struct table *t)
{
	free(t->slot);
	*t = (struct table){ 0 };
}
