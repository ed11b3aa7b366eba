/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a Kconfig file says of one symbol to people. */
#ifndef BOOK_KCONFIGHELP_H
#define BOOK_KCONFIGHELP_H

#include "base/buf.h"

/*
 * Look for symbol in the Kconfig text. *prompt (caller frees) is what menus call it, NULL if there
 * is no such symbol or it has no prompt; help gets its help text, an item a paragraph. Control
 * characters come out as spaces.
 */
void kconfighelp(const char *text, const char *symbol, char **prompt, struct strlist *help);

#endif
