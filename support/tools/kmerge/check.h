/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether what was asked for is what came out. */
#ifndef KMERGE_CHECK_H
#define KMERGE_CHECK_H

#include "explain.h"

/*
 * Append a line "FILE:LINE: CONFIG_X=y did not take effect: it is n, because ..." for each
 * request in x that x->final does not fulfil. Without x->tree (NULL), no reasons are given. A
 * request that x->before has, too, is passed over. Returns how many there are.
 */
size_t check(const struct explain *x, struct buf *out);

/* Append to out, as a fragment, the settings of new that old has not. */
void configdiff(const struct config *old, const struct config *new, struct buf *out);

#endif
