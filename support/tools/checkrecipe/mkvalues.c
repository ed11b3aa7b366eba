// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mkfile.h"
#include "mkvalues.h"

enum {
	MAXDEPTH = 16,	/* expanded references for one value; more mean a cycle */
	MAXVALUES = 64, /* maximum number of combinations */
	MAXSTEPS = 1024 /* expanded references in total, also those that give no value */
};

/* The state of the expansion of a text. */
struct expansion {
	const struct mkfile *m;
	struct strlist *out;
	int steps; /* references expanded so far */
};

static void expand(struct expansion *x, const char *done, const char *text, int depth);

/* Expand text with the reference at ref, len bytes, replaced by each value of its variable. */
static void expandref(struct expansion *x, const char *done, const char *ref, size_t len, int depth)
{
	char *name = xstrndup(ref + 2, len > 3 ? len - 3 : 0);

	for (size_t i = 0; depth < MAXDEPTH && i < x->m->len; i++) {
		char *rest;

		if (strcmp(x->m->var[i].name, name) != 0)
			continue;
		if (x->steps++ >= MAXSTEPS)
			break;
		rest = xasprintf("%s%s", x->m->var[i].value, ref + len);
		expand(x, done, rest, depth + 1);
		free(rest);
	}
	free(name);
}

/* Expand text, the rest; done is the part that is expanded already. */
static void expand(struct expansion *x, const char *done, const char *text, int depth)
{
	size_t plain = strcspn(text, "$");
	size_t len = reflen(text + plain);
	char *now = xasprintf("%s%.*s", done, (int)plain, text);

	if (!text[plain] && x->out->len < MAXVALUES)
		listadd(x->out, now);
	else if (len)
		expandref(x, now, text + plain, len, depth);
	free(now);
}

void mkvalues(const struct mkfile *m, const char *text, struct strlist *out)
{
	struct expansion x = { .m = m, .out = out };

	expand(&x, "", text, 0);
}
