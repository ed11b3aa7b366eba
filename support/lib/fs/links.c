// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/links.h"

#include <search.h>
#include <stdlib.h>

#include "base/buf.h"

struct link {
	uint64_t high, low;
	void *value;
};

static int linkcmp(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->high != y->high)
		return x->high < y->high ? -1 : 1;
	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return 0;
}

void **linkslot(struct links *l, uint64_t high, uint64_t low)
{
	struct link *new = xcalloc(1, sizeof(*new));
	struct link **found;

	new->high = high;
	new->low = low;
	found = tsearch(new, &l->root, linkcmp);
	if (!found)
		abort(); /* out of memory: like xmalloc */
	if (*found != new)
		free(new);
	return &(*found)->value;
}

void linksfree(struct links *l)
{
	tdestroy(l->root, free);
	l->root = NULL;
}
