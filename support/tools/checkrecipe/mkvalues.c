// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mkfile.h"

enum {
	MAXDEPTH = 16,	/* references expanded for one value: more go in a circle */
	MAXVALUES = 64, /* combinations that are worth looking at */
};

static void expand(const struct mkfile *m, const char *done, const char *text, int depth,
		   struct strlist *out);

/* Expand text with the reference at ref, len bytes, replaced by each value of its variable. */
static void expandref(const struct mkfile *m, const char *done, const char *ref, size_t len,
		      int depth, struct strlist *out)
{
	char *name = xstrndup(ref + 2, len > 3 ? len - 3 : 0);

	for (size_t i = 0; depth < MAXDEPTH && i < m->len; i++) {
		char *rest;

		if (strcmp(m->var[i].name, name) != 0)
			continue;
		rest = xasprintf("%s%s", m->var[i].value, ref + len);
		expand(m, done, rest, depth + 1, out);
		free(rest);
	}
	free(name);
}

/* done is what was expanded so far, text what is still to do. */
static void expand(const struct mkfile *m, const char *done, const char *text, int depth,
		   struct strlist *out)
{
	size_t plain = strcspn(text, "$");
	size_t len = reflen(text + plain);
	char *now = xasprintf("%s%.*s", done, (int)plain, text);

	if (!text[plain] && out->len < MAXVALUES)
		listadd(out, now);
	else if (len)
		expandref(m, now, text + plain, len, depth, out);
	free(now);
}

void mkvalues(const struct mkfile *m, const char *text, struct strlist *out)
{
	expand(m, "", text, 0, out);
}
