/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The unmet dependencies of a symbol's definition. */
#ifndef KMERGE_TERMS_H
#define KMERGE_TERMS_H

#include <stdbool.h>

#include "kconfig/expr.h"
#include "kconfig/kconfig.h"

struct term {
	const struct expr *e; /* without &&; part of one of the roots */
	enum tri value;	      /* lower than the requested value, or TRI_UNKNOWN */
};

/* Zero-initialise before use. */
struct terms {
	struct term *term; /* the unmet or unknown terms, without duplicates; owned */
	size_t len, cap;
	size_t unmet;	    /* number of terms that are certainly unmet */
	struct expr **root; /* the expressions that contain the terms; owned */
	size_t nroot, caproot;
	const char *file;	    /* file of an expression that was not understood, or NULL */
	const struct kattr *unread; /* that expression; NULL: all were understood */
};

/*
 * Collect the terms of the dependencies of e, of its blocks and of its prompt that are lower than
 * want. The innermost come first.
 */
void termsgather(struct terms *t, const struct kentry *e, enum tri want, const struct scope *s);

/* Return whether t has a term with the same text as e. */
bool termshave(const struct terms *t, const struct expr *e);

void termsfree(struct terms *t);

#endif
