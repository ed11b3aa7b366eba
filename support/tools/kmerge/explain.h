/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a symbol does not have the value that was asked for. */
#ifndef KMERGE_EXPLAIN_H
#define KMERGE_EXPLAIN_H

#include "kconfig/config.h"
#include "kconfig/kconfig.h"

/* What there is to go by. */
struct explain {
	const struct config *final;    /* the configuration that came out */
	const struct config *requests; /* what was asked for */
	const struct kconfig *tree;    /* the source's Kconfig */
	const struct config *before;   /* what was asked for, and told, earlier; NULL: nothing */
};

/* The value that name has in x->final: as written there, "n" for a boolean or "" else. */
const char *finalvalue(const struct explain *x, const char *name);

/* Append to out why request did not take effect: ", because ... (FILE:LINE)". */
void explain(const struct explain *x, const struct setting *request, struct buf *out);

#endif
