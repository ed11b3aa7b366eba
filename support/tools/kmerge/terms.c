// SPDX-License-Identifier: GPL-2.0-or-later
#include "terms.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

bool termshave(const struct terms *t, const struct expr *e)
{
	for (size_t i = 0; i < t->len; i++) {
		const struct expr *old = t->term[i].e;

		if (old->len == e->len && memcmp(old->text, e->text, e->len) == 0)
			return true;
	}
	return false;
}

static void termadd(struct terms *t, const struct expr *e, enum tri value)
{
	if (termshave(t, e))
		return;
	if (t->len == t->cap) {
		t->cap = t->cap ? 2 * t->cap : 8;
		t->term = xrealloc(t->term, t->cap * sizeof(*t->term));
	}
	t->term[t->len++] = (struct term){ .e = e, .value = value };
	t->unmet += value != TRI_UNKNOWN;
}

/* Add the operands of e's top-level && that are lower than want. */
static void termsplit(struct terms *t, const struct expr *e, enum tri want, const struct scope *s)
{
	enum tri value;

	if (e->op == EXPR_AND) {
		termsplit(t, e->left, want, s);
		termsplit(t, e->right, want, s);
		return;
	}
	value = expreval(e, s);
	if (value < want || value == TRI_UNKNOWN)
		termadd(t, e, value);
}

/*
 * Return whether the "if EXPRESSION" at the end of an attribute may be met; -1: it was not
 * understood.
 */
static int ifmet(const char *text, const struct scope *s)
{
	const char *rest, *end = wordend(text);
	struct expr *e;
	int met;

	if (end - text != 2 || memcmp(text, "if", 2) != 0)
		return -1;
	e = exprparse(end, &rest);
	met = e && !*rest ? expreval(e, s) != TRI_N : -1;
	exprfree(e);
	return met;
}

/* Add the terms of text, the expression of a, which is one of owner's attributes. */
static void conditionadd(struct terms *t, const struct kentry *owner, const struct kattr *a,
			 const char *text, enum tri want, const struct scope *s)
{
	const char *rest;
	struct expr *e = exprparse(text, &rest);
	int applies = !e ? -1 : *rest ? ifmet(rest, s) : 1;

	if (applies < 0 && !t->unread) {
		t->unread = a;
		t->file = owner->file;
	}
	if (applies <= 0) {
		exprfree(e);
		return;
	}
	if (t->nroot == t->caproot) {
		t->caproot = t->caproot ? 2 * t->caproot : 8;
		t->root = xrealloc(t->root, t->caproot * sizeof(*t->root));
	}
	t->root[t->nroot++] = e;
	termsplit(t, e, want, s);
}

void termsgather(struct terms *t, const struct kentry *e, enum tri want, const struct scope *s)
{
	for (; e; e = e->parent) {
		for (size_t i = 0; i < e->nattr; i++) {
			const struct kattr *a = &e->attr[i];
			const char *text =
				a->kind == KATTR_PROMPT ? exprcondition(a->text) : a->text;

			if (text && (a->kind == KATTR_DEPENDS || a->kind == KATTR_VISIBLE ||
				     a->kind == KATTR_PROMPT))
				conditionadd(t, e, a, text, want, s);
		}
	}
}

void termsfree(struct terms *t)
{
	for (size_t i = 0; i < t->nroot; i++)
		exprfree(t->root[i]);
	free(t->root);
	free(t->term);
	*t = (struct terms){ 0 };
}
