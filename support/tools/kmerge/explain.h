/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explanations why a symbol does not have the requested value. */
#ifndef KMERGE_EXPLAIN_H
#define KMERGE_EXPLAIN_H

#include "kconfig/config.h"
#include "kconfig/kconfig.h"

/* The data for explanations. */
struct explain {
	const struct config *final;    /* the resulting configuration */
	const struct config *requests; /* the requested settings */
	const struct kconfig *tree;    /* the Kconfig files of the source tree */
	const struct config *before; /* earlier requests, which were reported already; NULL: none */
};

/*
 * Return the value of name in x->final: as written, or "n" for an unset boolean and "" for another
 * unset symbol.
 */
const char *finalvalue(const struct explain *x, const char *name);

/* Return the choice that e is a member of, or NULL. */
const struct kentry *choiceof(const struct kentry *e);

/* Append to out the reason why request did not take effect: ", because ... (FILE:LINE)". */
void explain(const struct explain *x, const struct setting *request, struct buf *out);

#endif
