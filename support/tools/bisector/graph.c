// SPDX-License-Identifier: GPL-2.0-or-later
#include "graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/namemap.h"

/* The number of a commit is kept as a pointer, plus one: NULL means that there is none. */
static void *number(size_t n)
{
	return (void *)(uintptr_t)(n + 1);
}

/* Take the lines: names, and for each the rest of its line. Returns 0, or -1 with *why set. */
static int linesread(struct graph *g, struct table *all, char ***rest, char *text, char **why)
{
	char *line, *at = text;
	size_t cap = 0;

	while ((line = strsep(&at, "\n"))) {
		char *name = strsep(&line, " ");
		void **slot;

		if (!*name)
			continue;
		if (g->len == cap) {
			cap = cap ? cap * 2 : 256;
			g->name = xrealloc(g->name, cap * sizeof(*g->name));
			*rest = xrealloc(*rest, cap * sizeof(**rest));
		}
		slot = tableput(all, name);
		if (*slot) {
			*why = xasprintf("line %zu: %s is there twice", g->len + 1, name);
			return -1;
		}
		*slot = number(g->len);
		(*rest)[g->len] = line;
		g->name[g->len++] = xstrdup(name);
	}
	return 0;
}

static int parentsread(struct graph *g, const struct table *all, char **rest, char **why)
{
	size_t len = 0, cap = g->len + 1;

	g->parent = xcalloc(cap, sizeof(*g->parent));
	g->parents = xcalloc(g->len + 1, sizeof(*g->parents));
	for (size_t i = 0; i < g->len; i++) {
		char *name;

		g->parents[i] = len;
		while ((name = strsep(&rest[i], " "))) {
			uintptr_t n = (uintptr_t)tableget(all, name);

			if (n == 0)
				continue;
			if (n - 1 <= i) {
				*why = xasprintf("line %zu: parent %s is not below it", i + 1,
						 name);
				return -1;
			}
			if (len == cap) {
				cap *= 2;
				g->parent = xrealloc(g->parent, cap * sizeof(*g->parent));
			}
			g->parent[len++] = (uint32_t)(n - 1);
		}
	}
	g->parents[g->len] = len;
	return 0;
}

int graphread(struct graph *g, char *text, char **why)
{
	struct table all = { 0 };
	char **rest = NULL;
	int ret = linesread(g, &all, &rest, text, why);

	if (ret == 0 && g->len >= UINT32_MAX) {
		*why = xstrdup("there are too many commits");
		ret = -1;
	}
	if (ret == 0)
		ret = parentsread(g, &all, rest, why);
	tablefree(&all);
	free(rest);
	return ret;
}

void graphfree(struct graph *g)
{
	for (size_t i = 0; i < g->len; i++)
		free(g->name[i]);
	free(g->name);
	free(g->parents);
	free(g->parent);
	*g = (struct graph){ 0 };
}
