/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the arguments of a compiler for the target may say, and what is dropped from them. */
#ifndef WCC_ARGCHECK_H
#define WCC_ARGCHECK_H

#include <stdbool.h>

#include "base/buf.h"
#include "prefixmap.h"

/* What the arguments ask for, as far as it decides what is added to them. */
struct asked {
	bool lgcc;	    /* -lgcc or -lgcc_eh is named */
	bool lto;	    /* -flto of some kind */
	bool seed;	    /* -frandom-seed= is given */
	const char *output; /* the value of -o, or NULL; points into the arguments */
	const char *input;  /* the first input, or NULL; likewise */
};

/*
 * Copy args to out, less the run paths (-Wl,-rpath) that lie in one of the places: they mean
 * nothing on the target. Returns 0, or -1 with *why (caller frees) telling which argument cannot be
 * had: one that searches or links what belongs to the machine that builds, or that asks for C++.
 */
int argscheck(const struct strlist *args, const struct places *p, struct strlist *out,
	      struct asked *asked, char **why);

#endif
