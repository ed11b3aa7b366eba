// SPDX-License-Identifier: GPL-2.0-or-later
#include "explain.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "phrase.h"
#include "suggest.h"

/* A request that is being explained. */
struct query {
	const struct explain *x;
	const struct kentry *e; /* the symbol's first definition */
	enum ktype type;
	const char *want, *have; /* requested and actual value */
	struct buf *out;
};

const char *finalvalue(const struct explain *x, const char *name)
{
	const struct setting *s = configget(x->final, name);
	enum ktype type;

	if (s)
		return s->value;
	type = x->tree ? ksymboltype(ksymbol(x->tree, name)) : KTYPE_UNKNOWN;
	return type >= KTYPE_STRING ? "" : "n";
}

static void unknownsymbol(const struct explain *x, const char *name, struct buf *out)
{
	const char *other = suggest(x->tree, name);

	bufputs(out, ", because there is no such symbol in the Kconfig files");
	if (other)
		bufprintf(out, "; is %s meant?", other);
	else if (x->tree->lost.len)
		bufprintf(out, " (%s, which they source, cannot be read)", x->tree->lost.item[0]);
}

/* Explain that the requested value does not match the symbol's type. Returns false if it does. */
static bool mismatch(const struct query *q)
{
	bool quoted = *q->want == '"';

	switch (q->type) {
	case KTYPE_BOOL:
	case KTYPE_TRISTATE:
		if (isbool(q->want) && !(q->type == KTYPE_BOOL && *q->want == 'm'))
			return false;
		bufputs(q->out, q->type == KTYPE_BOOL ? "it is a bool, and takes y or n"
						      : "it is a tristate, and takes y, m or n");
		return true;
	case KTYPE_STRING:
		if (quoted)
			return false;
		bufputs(q->out, "it is a string, and takes a \"value\" in quotes");
		return true;
	case KTYPE_INT:
	case KTYPE_HEX:
		if (!quoted && !isbool(q->want))
			return false;
		bufputs(q->out, q->type == KTYPE_INT ? "it is an int, and takes a number"
						     : "it is a hex, and takes a number");
		return true;
	default:
		return false;
	}
}

const struct kentry *choiceof(const struct kentry *e)
{
	while (e && e->kind != KENTRY_CHOICE)
		e = e->parent;
	return e;
}

/* Return the member with value y of e's choice; NULL if there is none. */
static const char *chosen(const struct explain *x, const struct kentry *e)
{
	const struct kentry *choice = choiceof(e);

	for (size_t i = 0; choice && i < x->tree->len; i++) {
		e = x->tree->entry[i];
		if (e->kind == KENTRY_CONFIG && choiceof(e) == choice &&
		    strcmp(finalvalue(x, e->name), "y") == 0)
			return e->name;
	}
	return NULL;
}

/*
 * Explain why the value is lower than requested. Returns the definition that gives the reason, as
 * do the next functions.
 */
static const struct kentry *raise(const struct query *q)
{
	enum tri want = threshold(q->e, valuetri(q->want));
	struct terms t = { 0 };
	const struct kentry *e = closest(q->x, q->e, want, &t);
	const char *other = chosen(q->x, e);

	if (!khasprompt(e)) {
		promptless(q->x, e, &t, q->out);
	} else if (!t.unmet && other && strcmp(other, e->name) != 0) {
		bufprintf(q->out, "another of its choice is set, %s", other);
	} else if (t.len) {
		bufputs(q->out, "it ");
		dependsprint(q->x, &t, true, q->out);
	}
	termsfree(&t);
	return e;
}

/* Explain why the value is higher than requested. */
static const struct kentry *lower(const struct query *q)
{
	struct terms t = { 0 };
	const struct kentry *e = closest(q->x, q->e, TRI_M, &t);
	const char *other = chosen(q->x, e);
	struct strlist names = { 0 };

	selectors(q->x, e->name, true, &names);
	if (names.len) {
		namesprint(&names, q->out);
		bufputs(q->out, names.len == 1 ? " selects it" : " select it");
	} else if (*q->want == 'm' && valuetri(finalvalue(q->x, "MODULES")) == TRI_N) {
		bufputs(q->out, "MODULES is n");
	} else if (!khasprompt(e)) {
		promptless(q->x, e, &t, q->out);
	} else if (other && strcmp(other, e->name) == 0) {
		bufputs(q->out, "one of its choice has to be set, and no other is");
	} else if (t.len) {
		bufputs(q->out, "that is its default, and changing it ");
		dependsprint(q->x, &t, true, q->out);
	}
	listfree(&names);
	termsfree(&t);
	return e;
}

/* Return the range, "LOW HIGH", that applies to e now; NULL if none does. */
static const char *rangeof(const struct explain *x, const struct kentry *e)
{
	for (; e; e = e->same) {
		for (size_t i = 0; i < e->nattr; i++) {
			const struct kattr *a = &e->attr[i];

			if (a->kind == KATTR_RANGE && conditionmet(x, a->text))
				return a->text;
		}
	}
	return NULL;
}

/*
 * Return one end of a range: the number at *text, or the value of the symbol there. Caller frees.
 */
static char *boundof(const struct explain *x, const char **text)
{
	const char *start = *text + strspn(*text, " \t");
	char *word;

	*text = wordend(start);
	word = xstrndup(start, (size_t)(*text - start));
	if (ksymbol(x->tree, word)) {
		start = finalvalue(x, word);
		free(word);
		word = xstrdup(start);
	}
	return word;
}

/* Explain that the requested number is out of range. Returns false if it is not. */
static bool outofrange(const struct query *q)
{
	const char *text = rangeof(q->x, q->e);
	char *low, *high;
	bool out;

	if (!text)
		return false;
	low = boundof(q->x, &text);
	high = boundof(q->x, &text);
	out = valuecompare(q->want, low) < 0 || valuecompare(q->want, high) > 0;
	if (out)
		bufprintf(q->out, "its range is %s to %s", low, high);
	free(low);
	free(high);
	return out;
}

/* Explain why a number or string differs from the requested one. */
static const struct kentry *replace(const struct query *q)
{
	struct terms t = { 0 };
	const struct kentry *e = closest(q->x, q->e, TRI_M, &t);

	if (!khasprompt(e)) {
		promptless(q->x, e, &t, q->out);
	} else if (t.unmet || (!outofrange(q) && t.len)) {
		bufputs(q->out, "it ");
		dependsprint(q->x, &t, true, q->out);
	}
	termsfree(&t);
	return e;
}

/* Append the reason, if one is found. */
static const struct kentry *reason(const struct query *q)
{
	if (mismatch(q))
		return q->e;
	if (!isbool(q->want))
		return replace(q);
	return valuetri(q->want) > valuetri(q->have) ? raise(q) : lower(q);
}

/* Say that no reason was found, possibly because an expression was not understood. */
static void noreason(const struct query *q, const struct kentry *e, struct buf *out)
{
	const struct scope scope = scopeof(q->x);
	struct terms t = { 0 };

	termsgather(&t, e, TRI_Y, &scope);
	if (t.unread) {
		bufputs(out, ", and ");
		unreadprint(&t, out);
	} else {
		bufputs(out, ", though its Kconfig allows it: was it asked for?");
	}
	termsfree(&t);
}

void explain(const struct explain *x, const struct setting *request, struct buf *out)
{
	struct buf why = { 0 };
	struct query q = {
		.x = x,
		.e = ksymbol(x->tree, request->name),
		.want = request->value,
		.have = finalvalue(x, request->name),
		.out = &why,
	};
	const struct kentry *e;

	if (!q.e) {
		unknownsymbol(x, request->name, out);
		return;
	}
	q.type = ksymboltype(q.e);
	e = reason(&q);
	if (why.len)
		bufprintf(out, ", because %s", bufstr(&why));
	else
		noreason(&q, e, out);
	bufprintf(out, " (%s:%u)", e->file, e->line);
	buffree(&why);
}
