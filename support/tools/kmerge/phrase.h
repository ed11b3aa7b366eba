/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts that explanations are made of. All append to out. */
#ifndef KMERGE_PHRASE_H
#define KMERGE_PHRASE_H

#include "explain.h"
#include "kconfig/expr.h"
#include "terms.h"

enum tri valuetri(const char *value);

/* Values of symbols in x->final, for expressions. */
struct scope scopeof(const struct explain *x);

/* Nonzero if the "if" at the end of an attribute's text is met (maybe met), or there is none. */
int conditionmet(const struct explain *x, const char *text);

/* "A", "A and B" or "A, B and 3 more". */
void namesprint(const struct strlist *l, struct buf *out);

/* Add to names who selects name: all, or only those (active) that do so in x->final. */
void selectors(const struct explain *x, const char *name, int active, struct strlist *names);

/* The lowest value of its dependencies that lets symbol e become want. */
enum tri threshold(const struct kentry *e, enum tri want);

/*
 * The definition of a symbol, of those that follow its first one, that is closest to where it can
 * be set, with what is lower than want there in *best. It has a prompt if any of them has.
 */
const struct kentry *closest(const struct explain *x, const struct kentry *first, enum tri want,
			     struct terms *best);

/* That t has an expression that was not understood, which one, and where. */
void unreadprint(const struct terms *t, struct buf *out);

/* Why e, from closest with t, which has no prompt, is what it is. */
void promptless(const struct explain *x, const struct kentry *e, const struct terms *t,
		struct buf *out);

/*
 * "depends on A, which is n; and on !B, but B is y" for the unmet terms, or else those that are
 * not known; if deeper, with what to do about each. Nothing if there are none.
 */
void dependsprint(const struct explain *x, const struct terms *t, int deeper, struct buf *out);

#endif
