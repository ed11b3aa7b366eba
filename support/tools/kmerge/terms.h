/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a definition of a symbol depends on, as far as that is not met. */
#ifndef KMERGE_TERMS_H
#define KMERGE_TERMS_H

#include "kconfig/expr.h"
#include "kconfig/kconfig.h"

struct term {
	const struct expr *e; /* no &&, in one of the roots */
	enum tri value;	      /* less than what is wanted, or TRI_UNKNOWN */
};

/* Zero-initialise before use. */
struct terms {
	struct term *term; /* those not met, or not known; each text once; owned */
	size_t len, cap;
	size_t unmet;	    /* how many of them are not met for sure */
	struct expr **root; /* what they are parts of; owned */
	size_t nroot, caproot;
	const char *file;	    /* where an expression is that was not understood, or NULL */
	const struct kattr *unread; /* that one; NULL: all were */
};

/*
 * Gather the terms of e's dependencies (and its blocks', and its prompt's) that are lower
 * than want. The innermost come first.
 */
void termsgather(struct terms *t, const struct kentry *e, enum tri want, const struct scope *s);

/* Nonzero if a term of t is written as e is. */
int termshave(const struct terms *t, const struct expr *e);

void termsfree(struct terms *t);

#endif
