// SPDX-License-Identifier: GPL-2.0-or-later
#include "doc.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct node *nodeadd(struct doc *d, enum kind kind, const char *text)
{
	struct node *n = xcalloc(1, sizeof(*n));
	const struct node *last = d->len ? d->node[d->len - 1] : NULL;

	n->kind = kind;
	n->text = xstrdup(text);
	if (last)
		n->chapter = last->kind == CHAPTER ? last : last->chapter;
	d->node = xrealloc(d->node, (d->len + 1) * sizeof(struct node *));
	d->node[d->len++] = n;
	return n;
}

void docchapter(struct doc *d, const char *id, const char *title)
{
	struct node *n = nodeadd(d, CHAPTER, title);

	n->id = xstrdup(id);
	n->number = ++d->chapters;
}

void docadd(struct doc *d, enum kind kind, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	va_end(ap);
	nodeadd(d, kind, text);
	free(text);
}

struct node *doctable(struct doc *d, bool head)
{
	struct node *n = nodeadd(d, TABLE, "");

	n->head = head;
	return n;
}

static struct row *rowadd(struct node *table)
{
	table->row = xrealloc(table->row, (table->nrows + 1) * sizeof(*table->row));
	table->row[table->nrows] = (struct row){ 0 };
	return &table->row[table->nrows++];
}

void docrow(struct node *table, const char *cell, ...)
{
	struct row *r = rowadd(table);
	va_list ap;

	va_start(ap, cell);
	for (; cell; cell = va_arg(ap, const char *))
		listadd(&r->cell, cell);
	va_end(ap);
}

void docgroup(struct node *table, const char *text)
{
	struct row *r = rowadd(table);

	listadd(&r->cell, text);
	r->group = true;
}

void docfiles(struct doc *d, const struct part *part, const char *summary)
{
	nodeadd(d, FILES, summary)->paths = &part->paths;
}

const struct node *docfind(const struct doc *d, const char *id, size_t len)
{
	for (size_t i = 0; i < d->len; i++) {
		const struct node *n = d->node[i];

		if (n->kind == CHAPTER && strlen(n->id) == len && memcmp(n->id, id, len) == 0)
			return n;
	}
	return NULL;
}

void docfree(struct doc *d)
{
	for (size_t i = 0; i < d->len; i++) {
		struct node *n = d->node[i];

		for (size_t r = 0; r < n->nrows; r++)
			listfree(&n->row[r].cell);
		free(n->row);
		free(n->id);
		free(n->text);
		free(n);
	}
	free(d->node);
	*d = (struct doc){ 0 };
}
