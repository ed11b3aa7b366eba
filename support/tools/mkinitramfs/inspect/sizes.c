// SPDX-License-Identifier: GPL-2.0-or-later
#include "sizes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/near.h"
#include "mkinitramfs/tree/word.h"
#include "origin.h"

#define ARCHIVE "(archive)" /* origin of trailers and padding of archives and streams */

/* A line of the table. */
struct row {
	const char *name; /* borrowed from a share */
	size_t files;	  /* entries other than directories */
	uint64_t bytes, packed;
};

void sizesopen(struct sizes *s, const char *file, struct problems *p)
{
	s->file = file;
	s->problems = p;
	originread(&s->manifest, file, p);
}

int sizespiece(void *context, const char *format, size_t offset)
{
	struct sizes *s = context;

	(void)offset;
	if (strcmp(format, "cpio") == 0)
		return 0;
	s->prefix = prefixnew();
	if (!s->prefix)
		return problemadd(s->problems, "cannot begin to compress:");
	s->first = s->len;
	s->empty = prefixcost(s->prefix);
	return 0;
}

/* Add the bytes of the compressed piece that were not added yet, up to end. */
static void advance(struct sizes *s, const unsigned char *end)
{
	prefixadd(s->prefix, s->at, (size_t)(end - s->at));
	s->at = end;
}

int sizesentry(void *context, uint32_t archive, const struct cpioentry *e)
{
	struct sizes *s = context;
	char *path = cpiopath(e);
	struct share *n;

	(void)archive;
	if (s->len == s->cap) {
		s->cap = s->cap ? 2 * s->cap : 256;
		s->item = xrealloc(s->item, s->cap * sizeof(*s->item));
		s->cost = xrealloc(s->cost, s->cap * sizeof(*s->cost));
	}
	n = &s->item[s->len];
	*n = (struct share){ .isdir = S_ISDIR(e->head.mode), .bytes = e->len };
	n->path = xasprintf("/%s", path ? path : e->name);
	n->who = originwho(&s->manifest, path ? path : e->name);
	free(path);
	n->packed = n->bytes;
	if (s->prefix) {
		uint64_t before = s->len > s->first ? s->cost[s->len - 1] : s->empty;
		uint64_t cost;

		if (s->len == s->first)
			s->at = e->begin;
		advance(s, e->begin + e->len);
		cost = prefixcost(s->prefix);
		s->cost[s->len] = cost > before ? cost : before;
	}
	s->len++;
	return 0;
}

/* Scale cost, a part of total, to used bytes. */
static uint64_t scaled(uint64_t cost, uint64_t total, uint64_t used)
{
	return (uint64_t)((double)cost * (double)used / (double)total + 0.5);
}

void sizesended(void *context, const unsigned char *data, size_t len, size_t used)
{
	struct sizes *s = context;
	uint64_t total, before;

	if (s->len == s->first)
		s->at = data;
	advance(s, data + len);
	total = prefixcost(s->prefix);
	before = scaled(s->empty, total, used);
	for (size_t i = s->first; i < s->len; i++) {
		uint64_t now = scaled(s->cost[i], total, used);

		s->item[i].packed = now - before;
		before = now;
	}
	s->unpacked += len;
	s->used += used;
	prefixfree(s->prefix);
	s->prefix = NULL;
}

static int bywho(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	return strcmp(x->who, y->who);
}

/* Sort the largest first. */
static int bysize(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->packed != y->packed)
		return x->packed < y->packed ? 1 : -1;
	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? 1 : -1;
	return strcmp(x->name, y->name);
}

/* Add a share to a row. */
static void rowadd(struct row *r, const struct share *n)
{
	r->files += !n->isdir;
	r->bytes += n->bytes;
	r->packed += n->packed;
}

static void rowformat(const struct row *r, uint64_t total, int width, bool files, struct buf *out)
{
	double percent = total ? 100.0 * (double)r->packed / (double)total : 0;
	char *name = wordquoted(r->name);

	if (!files)
		bufprintf(out, "%-*s %7zu ", width, name, r->files);
	bufprintf(out, "%12llu %12llu %6.1f%s", (unsigned long long)r->bytes,
		  (unsigned long long)r->packed, percent, files ? "  " : "\n");
	if (files)
		bufprintf(out, "%s\n", name);
	free(name);
}

/* Create the rows of the table, in an array. Caller frees. */
static struct row *rowsmake(struct sizes *s, bool files, const char *who, size_t *n)
{
	struct row *row = xcalloc(s->len + 1, sizeof(*row));

	*n = 0;
	if (!files && s->len)
		qsort(s->item, s->len, sizeof(*s->item), bywho);
	for (size_t i = 0; i < s->len; i++) {
		const struct share *e = &s->item[i];
		const char *name = files ? e->path : e->who;

		if (who && strcmp(e->who, who) != 0)
			continue;
		if (files || !*n || strcmp(row[*n - 1].name, name) != 0)
			row[(*n)++].name = name;
		rowadd(&row[*n - 1], e);
	}
	return row;
}

/* No file has the origin who: suggest a similar one, or list the origins. */
static void nothingof(struct sizes *s, const char *who)
{
	struct strlist names = { 0 };
	struct buf all = { 0 };
	struct near n;

	for (size_t i = 0; i < s->len; i++)
		listadd(&names, s->item[i].who);
	listsort(&names);
	nearstart(&n, who, nearletters(who));
	for (size_t i = 0; i < names.len; i++) {
		if (i && strcmp(names.item[i - 1], names.item[i]) == 0)
			continue;
		neartry(&n, names.item[i]);
		bufprintf(&all, "%s%s", all.len ? ", " : "", names.item[i]);
	}
	if (n.found)
		problemadd(s->problems, "%s: nothing in it is from '%s': did you mean '%s'?",
			   s->file, who, n.found);
	else
		problemadd(s->problems,
			   "%s: nothing in it is from '%s'; there is something from %s", s->file,
			   who, all.len ? bufstr(&all) : "nobody");
	listfree(&names);
	buffree(&all);
}

void sizesformat(struct sizes *s, uint64_t total, bool files, const char *who, struct buf *out)
{
	struct row all = { .name = "total" }, rest = { .name = ARCHIVE };
	int width = (int)strlen("package");
	struct row *row;
	size_t n;

	files = files || who;
	row = rowsmake(s, files, who, &n);
	for (size_t i = 0; i < s->len; i++)
		rowadd(&rest, &s->item[i]);
	rest = (struct row){ ARCHIVE, 0, total - s->used + s->unpacked - rest.bytes,
			     total - rest.packed };
	if (!who)
		row[n++] = rest;
	else if (!n)
		nothingof(s, who);
	qsort(row, n, sizeof(*row), bysize);
	for (size_t i = 0; i < n; i++) {
		all.files += row[i].files;
		all.bytes += row[i].bytes;
		all.packed += row[i].packed;
		char *name = wordquoted(row[i].name);

		if ((int)strlen(name) > width)
			width = (int)strlen(name);
		free(name);
	}
	if (n && files)
		bufprintf(out, "%12s %12s %6s  %s\n", "bytes", "compressed", "%", "path");
	else if (n)
		bufprintf(out, "%-*s %7s %12s %12s %6s\n", width, "package", "files", "bytes",
			  "compressed", "%");
	for (size_t i = 0; i < n; i++)
		rowformat(&row[i], total, width, files, out);
	if (n)
		rowformat(&all, total, width, files, out);
	free(row);
}

void sizesclose(struct sizes *s)
{
	for (size_t i = 0; i < s->len; i++) {
		free(s->item[i].path);
		free(s->item[i].who);
	}
	if (s->prefix)
		prefixfree(s->prefix);
	free(s->item);
	free(s->cost);
	nodesfree(&s->manifest);
}
