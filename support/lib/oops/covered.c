// SPDX-License-Identifier: GPL-2.0-or-later
#include "covered.h"

#include <stdlib.h>
#include <string.h>

#include "base/visible.h"

/* A line that ran. */
struct coveredline {
	char *path, *function; /* owned; path: "" if it is not known */
	int line;	       /* 0: not known */
	int first;	       /* of the lines of this function that ran */
};

bool filefits(const char *path, const char *pattern)
{
	const char *rest;

	switch (*pattern) {
	case '\0':
		return !*path || *path == '/';
	case '/': /* at the end, of a directory */
		return *path == '/' && (!pattern[1] || filefits(path + 1, pattern + 1));
	case '?':
		return *path && *path != '/' && filefits(path + 1, pattern + 1);
	case '*':
		rest = pattern[1] == '*' ? pattern + 2 : pattern + 1;
		for (; *path && (*path != '/' || rest == pattern + 2); path++)
			if (filefits(path, rest))
				return true;
		return filefits(path, rest);
	default:
		return *path == *pattern && filefits(path + 1, pattern + 1);
	}
}

static bool iswanted(const struct covered *c, const char *path)
{
	for (size_t i = 0; c->only && i < c->only->len; i++)
		if (filefits(path, c->only->item[i]))
			return true;
	return !c->only || !c->only->len;
}

static void lineadd(struct covered *c, const struct frame *f)
{
	const char *root = symbolsroot(c->symbols), *path = f->path ? f->path : "";
	size_t len = strlen(root);

	if (len && strncmp(path, root, len) == 0)
		path += len;
	if (!iswanted(c, path))
		return;
	if (c->len == c->room) {
		c->room = c->room ? 2 * c->room : 1024;
		c->item = xrealloc(c->item, c->room * sizeof(*c->item));
	}
	c->item[c->len++] = (struct coveredline){ .path = xstrdup(path),
						  .function = xstrdup(f->function),
						  .line = f->line };
}

void coveredadd(struct covered *c, uint64_t address)
{
	struct code code = { .address = address };
	struct frames frames = { 0 };

	if (symbolslook(c->symbols, &code, 0, &frames) != LOOKUP_FOUND)
		c->unknown++;
	for (size_t i = 0; i < frames.len; i++)
		lineadd(c, &frames.item[i]);
	framesfree(&frames);
}

static int byfunction(const void *a, const void *b)
{
	const struct coveredline *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	order = order ? order : strcmp(x->function, y->function);
	return order ? order : x->line - y->line;
}

static int byfirst(const void *a, const void *b)
{
	const struct coveredline *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	order = order ? order : x->first - y->first;
	return order ? order : byfunction(a, b);
}

static bool samefunction(const struct coveredline *x, const struct coveredline *y)
{
	return strcmp(x->path, y->path) == 0 && strcmp(x->function, y->function) == 0;
}

/* Sort: files by name, in them functions by their first line, in these lines; each once. */
static void arrange(struct covered *c)
{
	size_t kept = 0;

	if (!c->len)
		return;
	qsort(c->item, c->len, sizeof(*c->item), byfunction);
	for (size_t i = 0; i < c->len; i++) {
		bool same = kept && samefunction(&c->item[kept - 1], &c->item[i]);

		if (same && c->item[kept - 1].line == c->item[i].line) {
			free(c->item[i].path);
			free(c->item[i].function);
			continue;
		}
		c->item[i].first = same ? c->item[kept - 1].first : c->item[i].line;
		c->item[kept++] = c->item[i];
	}
	c->len = kept;
	qsort(c->item, c->len, sizeof(*c->item), byfirst);
}

/* Append the lines of the function at index i, with a dash between the ends of a row; return the
 * index of the next one. */
static size_t functionput(const struct covered *c, size_t i, struct buf *out)
{
	const struct coveredline *begin = &c->item[i];

	bufputs(out, "  ");
	bufvisible(out, begin->function, strlen(begin->function));
	while (i < c->len && samefunction(begin, &c->item[i])) {
		size_t last = i;

		while (last + 1 < c->len && samefunction(begin, &c->item[last + 1]) &&
		       c->item[last + 1].line == c->item[last].line + 1)
			last++;
		if (c->item[i].line)
			bufprintf(out, " %d", c->item[i].line);
		if (last > i)
			bufprintf(out, "-%d", c->item[last].line);
		i = last + 1;
	}
	bufputc(out, '\n');
	return i;
}

struct coverednumbers coveredput(struct covered *c, struct buf *out)
{
	struct coverednumbers n = { 0 };
	const char *path = NULL;

	arrange(c);
	n.lines = c->len;
	for (size_t i = 0; i < c->len; n.functions++) {
		if (!path || strcmp(path, c->item[i].path) != 0) {
			path = c->item[i].path;
			bufvisible(out, *path ? path : "?", *path ? strlen(path) : 1);
			bufputc(out, '\n');
			n.files++;
		}
		i = functionput(c, i, out);
	}
	return n;
}

void coveredfree(struct covered *c)
{
	for (size_t i = 0; i < c->len; i++) {
		free(c->item[i].path);
		free(c->item[i].function);
	}
	free(c->item);
	c->item = NULL;
	c->len = c->room = 0;
}
