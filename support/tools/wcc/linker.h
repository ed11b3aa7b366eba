/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks of the tokens that -Wl, and -Xlinker pass to the linker, one at a time. */
#ifndef WCC_LINKER_H
#define WCC_LINKER_H

#include <stdbool.h>

#include "base/buf.h"
#include "prefixmap.h"

struct linkeroption;

/* Set places; leave the rest zero. */
struct linker {
	const struct places *places;
	const struct linkeroption *awaits; /* an option whose value is the next token, or NULL */
};

/*
 * Process the next token and append what the linker gets to keep: nothing for an option that awaits
 * its value or for a run path that is removed, else the token, or the option and its value. Returns
 * 0, or -1 with an error message in *why (caller frees).
 */
int linkertoken(struct linker *l, const char *token, struct strlist *keep, char **why);

/* Return whether path has the name of an object, an archive or a shared library. */
bool islibrary(const char *path);

#endif
