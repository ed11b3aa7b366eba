// SPDX-License-Identifier: GPL-2.0-or-later
#include "order.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { NEW, OPEN, DONE };

static void addnew(struct strlist *l, const char *name)
{
	listaddonce(l, name);
}

/* Visit depth first: append p to order after its dependencies. */
static int walk(struct book *b, struct package *p, struct package **order, size_t *n, char **why)
{
	if (p->state == DONE)
		return 0;
	if (p->state == OPEN) {
		*why = xasprintf("package %s depends on itself", p->name);
		return -1;
	}
	p->state = OPEN;
	for (size_t i = 0; i < p->depends.len; i++) {
		struct package *d = packagefind(b, p->depends.item[i]);

		if (walk(b, d, order, n, why) < 0)
			return -1;
		addnew(&p->all, d->name);
		for (size_t k = 0; k < d->all.len; k++)
			addnew(&p->all, d->all.item[k]);
		addnew(&d->users, p->name);
	}
	listsort(&p->all);
	p->state = DONE;
	order[(*n)++] = p;
	return 0;
}

static bool iskernel(const struct package *p)
{
	return p->mode && strcmp(p->mode, "kernel") == 0;
}

int bookorder(struct book *b, char **why)
{
	struct package **order = xcalloc(b->len, sizeof(struct package *));
	size_t n = 0;
	int ret = 0;

	for (int kernels = 0; kernels < 2; kernels++) {
		for (size_t i = 0; ret == 0 && i < b->len; i++) {
			if (iskernel(b->package[i]) == kernels)
				ret = walk(b, b->package[i], order, &n, why);
		}
	}
	if (ret < 0) {
		free(order);
		return -1;
	}
	free(b->package);
	b->package = order;
	return 0;
}
