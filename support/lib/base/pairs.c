// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void pairadd(struct pairs *p, const char *name, const char *value)
{
	p->item = xrealloc(p->item, (p->len + 1) * sizeof(*p->item));
	p->item[p->len++] = (struct pair){ xstrdup(name), xstrdup(value) };
}

const char *pairfind(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->len; i++) {
		if (strcmp(p->item[i].name, name) == 0)
			return p->item[i].value;
	}
	return NULL;
}

static int byname(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

void pairsort(struct pairs *p)
{
	if (p->len)
		qsort(p->item, p->len, sizeof(*p->item), byname);
}

void pairsfree(struct pairs *p)
{
	for (size_t i = 0; i < p->len; i++) {
		free(p->item[i].name);
		free(p->item[i].value);
	}
	free(p->item);
	*p = (struct pairs){ 0 };
}
