/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests of Kconfig settings, as a table. */
#ifndef BOOK_FRAGMENT_H
#define BOOK_FRAGMENT_H

#include "doc.h"

/*
 * Append a folded table of what the files of p and its recipe ask for, if they ask for anything;
 * script is the text of its configure script. 0, or -1 with *why (caller frees).
 */
int fragmenttable(struct doc *d, const struct package *p, const char *script, char **why);

#endif
