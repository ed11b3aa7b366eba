/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Building blocks of explanations. The functions that print append to out. */
#ifndef KMERGE_PHRASE_H
#define KMERGE_PHRASE_H

#include <stdbool.h>

#include "explain.h"
#include "kconfig/expr.h"
#include "terms.h"

enum tri valuetri(const char *value);

/* Return a scope with the values of symbols in x->final, for expressions. */
struct scope scopeof(const struct explain *x);

/*
 * Return whether the "if" at the end of an attribute's text is or may be met, or if there is
 * none.
 */
bool conditionmet(const struct explain *x, const char *text);

/* Append "A", "A and B" or "A, B and 3 more". */
void namesprint(const struct strlist *l, struct buf *out);

/*
 * Add the symbols that select name to names: all, or with active only those that select it in
 * x->final.
 */
void selectors(const struct explain *x, const char *name, bool active, struct strlist *names);

/* Return the lowest value of the dependencies that allows symbol e to have the value want. */
enum tri threshold(const struct kentry *e, enum tri want);

/*
 * Return the definition, first or one of the next ones of the symbol, that is closest to being
 * settable. *best gets its terms that are lower than want. The definition has a prompt if any of
 * them has.
 */
const struct kentry *closest(const struct explain *x, const struct kentry *first, enum tri want,
			     struct terms *best);

/* Append a note on the expression in t that was not understood, and its position. */
void unreadprint(const struct terms *t, struct buf *out);

/* Append the reason for the value of e, which has no prompt. e and t are results of closest. */
void promptless(const struct explain *x, const struct kentry *e, const struct terms *t,
		struct buf *out);

/*
 * Append "depends on A, which is n; and on !B, but B is y" for the unmet terms, or for the unknown
 * terms if none is unmet; with deeper, also the remedy for each. Appends nothing if there are no
 * terms.
 */
void dependsprint(const struct explain *x, const struct terms *t, bool deeper, struct buf *out);

#endif
