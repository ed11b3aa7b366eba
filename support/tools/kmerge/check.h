/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparison of the requested settings with the resulting configuration. */
#ifndef KMERGE_CHECK_H
#define KMERGE_CHECK_H

#include "explain.h"

/*
 * Append a line "FILE:LINE: CONFIG_X=y did not take effect: it is n, because ..." for each request
 * in x that x->final does not fulfil. If x->tree is NULL, no reasons are given. Requests that
 * x->before also has are skipped, and those that are only for trees that have the symbol.
 * Returns the number of lines.
 */
size_t check(const struct explain *x, struct buf *out);

/*
 * Append a line for each value in x->final that no request asked for and that its base
 * configuration alone explains: alone, which Kconfig made of the requests without that base, has
 * another one. These are numbers, strings and members of choices; other booleans that nobody asked
 * for are the purpose of a base. x->tree must be set. Returns the number of lines.
 */
size_t checkbase(const struct explain *x, const struct config *alone, struct buf *out);

/* Append to out, as a fragment, the settings of new that old does not have. */
void configdiff(const struct config *old, const struct config *new, struct buf *out);

#endif
