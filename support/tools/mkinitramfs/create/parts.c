// SPDX-License-Identifier: GPL-2.0-or-later
#include "parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"

static unsigned partof(const struct node *n, const struct strlist *apart)
{
	if (n->held)
		return PART_NONE;
	for (size_t i = 0; i < apart->len; i++) {
		if (strcmp(n->who, apart->item[i]) == 0)
			return (unsigned)i + 1;
	}
	return 0;
}

/* Put the parent directories of n into its part or an earlier one. */
static void parentsfirst(struct tree *t, const struct node *n)
{
	char *path = pathparent(n->path);

	while (*path) {
		struct node *parent = nodeget(t, path);
		char *up = pathparent(path);

		if (!parent->held && parent->part > n->part)
			parent->part = n->part;
		free(path);
		path = up;
	}
	free(path);
}

void partsassign(struct tree *t, const struct strlist *apart)
{
	for (size_t i = 0; i < t->len; i++)
		t->node[i]->part = partof(t->node[i], apart);
	for (size_t i = 0; apart->len && i < t->len; i++)
		parentsfirst(t, t->node[i]);
}

bool partused(const struct tree *t, unsigned part)
{
	for (size_t i = 0; i < t->len; i++) {
		if (t->node[i]->part == part)
			return true;
	}
	return false;
}
