// SPDX-License-Identifier: GPL-2.0-or-later
#include "terms.h"

#include <stdlib.h>
#include <string.h>

int termshave(const struct terms *t, const struct expr *e)
{
	for (size_t i = 0; i < t->len; i++) {
		const struct expr *old = t->term[i].e;

		if (old->len == e->len && memcmp(old->text, e->text, e->len) == 0)
			return 1;
	}
	return 0;
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

static void conditionadd(struct terms *t, const char *text, enum tri want, const struct scope *s)
{
	struct expr *e = text ? exprparse(text, NULL) : NULL;

	if (!e)
		return;
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

			if (a->kind == KATTR_DEPENDS || a->kind == KATTR_VISIBLE)
				conditionadd(t, a->text, want, s);
			else if (a->kind == KATTR_PROMPT)
				conditionadd(t, exprcondition(a->text), want, s);
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
