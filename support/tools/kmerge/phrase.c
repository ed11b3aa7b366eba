// SPDX-License-Identifier: GPL-2.0-or-later
#include "phrase.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	NAMESMAX = 5,  /* maximum number of symbols before "and N more" */
	TERMSMAX = 4,  /* maximum number of unmet dependencies */
	TEXTMAX = 160, /* maximum bytes of an expression */
};

enum tri valuetri(const char *value)
{
	return strcmp(value, "y") == 0 ? TRI_Y : strcmp(value, "m") == 0 ? TRI_M : TRI_N;
}

/* Return a value in the form for messages. */
static const char *valueshow(const char *value)
{
	return *value ? value : "absent";
}

/* For struct scope: return the value without the quotes of a string. */
static char *scopevalue(void *arg, const char *name)
{
	const char *value = finalvalue(arg, name);
	size_t len = strlen(value);

	if (*value == '"' && len >= 2)
		return xstrndup(value + 1, len - 2);
	return xstrdup(value);
}

struct scope scopeof(const struct explain *x)
{
	return (struct scope){ .value = scopevalue, .arg = (void *)x };
}

void namesprint(const struct strlist *l, struct buf *out)
{
	size_t shown = l->len > NAMESMAX ? NAMESMAX : l->len;

	for (size_t i = 0; i < shown; i++) {
		const char *sep = i == 0 ? "" : i + 1 == l->len ? " and " : ", ";

		bufprintf(out, "%s%s", sep, l->item[i]);
	}
	if (l->len > shown)
		bufprintf(out, " and %zu more", l->len - shown);
}

bool conditionmet(const struct explain *x, const char *text)
{
	struct scope scope = scopeof(x);
	const char *cond = exprcondition(text);
	struct expr *e = cond ? exprparse(cond, NULL) : NULL;
	bool met = !e || expreval(e, &scope) != TRI_N;

	exprfree(e);
	return met;
}

void selectors(const struct explain *x, const char *name, bool active, struct strlist *names)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < x->tree->len; i++) {
		const struct kentry *e = x->tree->entry[i];

		for (size_t j = 0; e->kind == KENTRY_CONFIG && j < e->nattr; j++) {
			const char *text = e->attr[j].text;

			if (e->attr[j].kind != KATTR_SELECT || strncmp(text, name, len) != 0 ||
			    wordend(text) != text + len)
				continue;
			if (active &&
			    (valuetri(finalvalue(x, e->name)) == TRI_N || !conditionmet(x, text)))
				continue;
			if (!names->len || strcmp(names->item[names->len - 1], e->name) != 0)
				listadd(names, e->name);
		}
	}
}

/* Return the default of a symbol that applies now, as written; NULL if there is none. */
static const char *defaultof(const struct explain *x, const struct kentry *e)
{
	for (; e; e = e->same) {
		for (size_t i = 0; i < e->nattr; i++) {
			if (e->attr[i].kind == KATTR_DEFAULT && conditionmet(x, e->attr[i].text))
				return e->attr[i].text;
		}
	}
	return NULL;
}

void unreadprint(const struct terms *t, struct buf *out)
{
	const char *text = t->unread->text;
	int len = strlen(text) > TEXTMAX ? TEXTMAX : (int)strlen(text);

	bufprintf(out, "the expression at %s:%u was not understood: %.*s%s", t->file,
		  t->unread->line, len, text, text[len] ? "..." : "");
}

void promptless(const struct explain *x, const struct kentry *e, const struct terms *t,
		struct buf *out)
{
	const struct kentry *first = ksymbol(x->tree, e->name);
	const char *text = defaultof(x, first);
	struct strlist names = { 0 };

	/* A symbol that is set but not selected has its default. */
	if (!text || valuetri(finalvalue(x, e->name)) == TRI_N)
		selectors(x, e->name, false, &names);
	bufputs(out, "it has no prompt, and ");
	if (names.len) {
		bufputs(out, "is set by select from ");
		namesprint(&names, out);
	} else if (t->unmet) {
		dependsprint(x, t, false, out);
	} else if (t->unread) {
		unreadprint(t, out);
	} else if (text) {
		bufprintf(out, "its default is %.*s", TEXTMAX, text);
	} else {
		bufputs(out, "nothing sets it");
	}
	listfree(&names);
}

const struct kentry *closest(const struct explain *x, const struct kentry *first, enum tri want,
			     struct terms *best)
{
	struct scope scope = scopeof(x);
	const struct kentry *found = NULL;

	for (const struct kentry *e = first; e; e = e->same) {
		struct terms t = { 0 }, worse;
		bool better;

		termsgather(&t, e, want, &scope);
		if (!found || khasprompt(e) != khasprompt(found))
			better = !found || khasprompt(e);
		else
			better = t.unmet < best->unmet ||
				 (t.unmet == best->unmet && t.len < best->len);
		worse = better ? *best : t;
		if (better) {
			found = e;
			*best = t;
		}
		termsfree(&worse);
	}
	return found;
}

enum tri threshold(const struct kentry *e, enum tri want)
{
	return ksymboltype(e) == KTYPE_TRISTATE && want == TRI_Y ? TRI_Y : TRI_M;
}

/* Add "A is n" to seen for each symbol of e that is not in it yet. */
static void leavesadd(const struct explain *x, const struct expr *e, struct strlist *seen)
{
	char *name, *text;

	if (e->left)
		leavesadd(x, e->left, seen);
	if (e->right)
		leavesadd(x, e->right, seen);
	if (!exprissymbol(e))
		return;
	name = xstrndup(e->text, e->len);
	text = xasprintf("%s is %s", name, valueshow(finalvalue(x, name)));
	listaddonce(seen, text);
	free(text);
	free(name);
}

/* Return whether each unmet term of t is also in all. */
static bool covered(const struct terms *t, const struct terms *all)
{
	for (size_t i = 0; i < t->len; i++) {
		if (t->term[i].value != TRI_UNKNOWN && !termshave(all, t->term[i].e))
			return false;
	}
	return true;
}

/* Append the remedy for symbol name, one of the unmet terms in all, in parentheses. */
static void remedy(const struct explain *x, const char *name, enum tri value,
		   const struct terms *all, struct buf *out)
{
	const struct setting *asked = configget(x->requests, name);
	const struct kentry *e = ksymbol(x->tree, name);
	struct terms t = { 0 };

	if (asked) {
		if (valuetri(asked->value) <= value)
			bufprintf(out, " (as %s:%u asks)", asked->file, asked->line);
		return; /* otherwise that symbol has a message of its own */
	}
	bufputs(out, " (");
	if (!e) {
		bufputs(out, "there is no such symbol");
	} else {
		e = closest(x, e, threshold(e, value + 1), &t);
		if (!khasprompt(e)) {
			promptless(x, e, &t, out);
		} else if (covered(&t, all)) {
			bufputs(out, "set it to y, too");
		} else {
			bufputs(out, "it ");
			dependsprint(x, &t, false, out);
		}
	}
	bufputs(out, ")");
	termsfree(&t);
}

/* Append one of the terms in all and why it is not met; with deeper, also the remedy. */
static void termprint(const struct explain *x, const struct term *t, const struct terms *all,
		      bool deeper, struct buf *out)
{
	size_t len = t->e->len;
	struct strlist leaves = { 0 };
	const char *arch = kvariable(x->tree, "ARCH", 4);
	char *name;

	bufprintf(out, "%.*s%s", len > TEXTMAX ? TEXTMAX : (int)len, t->e->text,
		  len > TEXTMAX ? "..." : "");
	if (t->value == TRI_UNKNOWN) {
		bufputs(out, ", which may be n (it cannot be told here)");
	} else if (exprissymbol(t->e)) {
		name = xstrndup(t->e->text, len);
		bufprintf(out, ", which is %s", valueshow(finalvalue(x, name)));
		if (deeper)
			remedy(x, name, t->value, all, out);
		free(name);
	} else {
		leavesadd(x, t->e, &leaves);
		if (leaves.len)
			bufputs(out, ", but ");
		else if (t->e->op != EXPR_LEAF && arch)
			bufprintf(out, ", which is not so with ARCH=%s", arch);
		namesprint(&leaves, out);
		listfree(&leaves);
	}
}

void dependsprint(const struct explain *x, const struct terms *t, bool deeper, struct buf *out)
{
	size_t shown = 0, all = t->unmet ? t->unmet : t->len;

	for (size_t i = 0; i < t->len; i++) {
		if (t->unmet && t->term[i].value == TRI_UNKNOWN)
			continue;
		if (shown == TERMSMAX) {
			bufprintf(out, "; and on %zu more", all - shown);
			return;
		}
		bufputs(out, shown++ ? "; and on " : "depends on ");
		termprint(x, &t->term[i], t, deeper, out);
	}
}
