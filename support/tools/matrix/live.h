/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of a matrix on a terminal, which changes while its rows run. */
#ifndef MATRIX_LIVE_H
#define MATRIX_LIVE_H

#include <stdbool.h>

#include "row.h"

/* Whether standard output is a terminal that can show it. */
bool liveable(void);
/* Show the table in place of what was shown before. Of a long one, only the rows that run. */
void livedraw(const struct rows *all);
/* Remove it, so that something else can be written there. */
void liveclear(void);

#endif
