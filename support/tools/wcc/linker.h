/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is handed to the linker with -Wl, and -Xlinker, one token after the other. */
#ifndef WCC_LINKER_H
#define WCC_LINKER_H

#include <stdbool.h>

#include "base/buf.h"
#include "prefixmap.h"

struct linkeroption;

/* Set places, leave the rest zero. */
struct linker {
	const struct places *places;
	const struct linkeroption *awaits; /* an option whose value is the next token, or NULL */
};

/*
 * Take the next token and append to keep what the linker is to see: nothing while the value of
 * an option is awaited or after a run path that is dropped, else the token or option and value.
 * Returns 0, or -1 with *why (caller frees) telling what is wrong with it.
 */
int linkertoken(struct linker *l, const char *token, struct strlist *keep, char **why);

/* Is it named like an object, an archive or a shared library? */
bool islibrary(const char *path);

#endif
