// SPDX-License-Identifier: GPL-2.0-or-later
#include "check.h"

#include <stdbool.h>
#include <string.h>

#include "kconfig/expr.h"

/* Return the value in x->final for a request. */
static const char *gotvalue(const struct explain *x, const struct setting *s)
{
	const struct setting *got = configget(x->final, s->name);

	if (got)
		return got->value;
	return isbool(s->value) ? "n" : "absent";
}

/* Return whether s was reported already: its result follows from another change. */
static bool isold(const struct explain *x, const struct setting *s)
{
	const struct setting *was = x->before ? configget(x->before, s->name) : NULL;

	return was && strcmp(was->value, s->value) == 0;
}

/*
 * Return whether s is for other trees than this one, which does not have the symbol. A tree that is
 * not read, or only in part, may have it.
 */
static bool isforothers(const struct explain *x, const struct setting *s)
{
	return s->ifknown && x->tree && !x->tree->lost.len && !ksymbol(x->tree, s->name);
}

size_t check(const struct explain *x, struct buf *out)
{
	size_t failures = 0;

	for (size_t i = 0; i < x->requests->len; i++) {
		const struct setting *s = x->requests->setting[i];
		const char *got = gotvalue(x, s);

		if (s->gone || valuecompare(s->value, got) == 0 || isold(x, s) || isforothers(x, s))
			continue;
		bufprintf(out, "%s:%u: CONFIG_%s=%s did not take effect: it is %s", s->file,
			  s->line, s->name, s->value, got);
		if (x->tree)
			explain(x, s, out);
		bufputc(out, '\n');
		failures++;
	}
	return failures;
}

/* Return whether s is of a kind for which a difference matters. */
static bool ismachines(const struct explain *x, const struct setting *s)
{
	const struct kentry *e;

	if (!isbool(s->value))
		return true;
	e = ksymbol(x->tree, s->name);
	return *s->value == 'y' && e && choiceof(e);
}

size_t checkbase(const struct explain *x, const struct config *alone, struct buf *out)
{
	size_t lines = 0;

	for (size_t i = 0; i < x->final->len; i++) {
		const struct setting *s = x->final->setting[i], *other = configget(alone, s->name);

		if (s->gone || !other || configget(x->requests, s->name) ||
		    valuecompare(s->value, other->value) == 0 || !ismachines(x, s))
			continue;
		bufprintf(
			out,
			"CONFIG_%s=%s comes from the base configuration alone; with the fragments "
			"it would be %s: set it in a fragment\n",
			s->name, s->value, other->value);
		lines++;
	}
	return lines;
}

void configdiff(const struct config *old, const struct config *new, struct buf *out)
{
	for (size_t i = 0; i < new->len; i++) {
		const struct setting *s = new->setting[i], *was = configget(old, s->name);

		if (s->gone || (was && strcmp(was->value, s->value) == 0))
			continue;
		settingprint(out, s->name, s->value);
		bufputc(out, '\n');
	}
	for (size_t i = 0; i < old->len; i++) {
		const struct setting *s = old->setting[i];

		/*
		 * Numbers and strings disappear with the symbol that they depend on, and cannot be
		 * unset.
		 */
		if (s->gone || !isbool(s->value) || *s->value == 'n' || configget(new, s->name))
			continue;
		settingprint(out, s->name, "n");
		bufputc(out, '\n');
	}
}
