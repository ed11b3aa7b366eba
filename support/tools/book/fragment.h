/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables of requested Kconfig settings. */
#ifndef BOOK_FRAGMENT_H
#define BOOK_FRAGMENT_H

#include "doc.h"

/*
 * Append a collapsed table of the settings that the files of p and its recipe request, if any.
 * script is the text of its configure script. Returns 0, or -1 with *why (caller frees).
 */
int fragmenttable(struct doc *d, const struct package *p, const char *script, char **why);

#endif
