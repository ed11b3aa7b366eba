/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arguments that a compiler for the target accepts, and those that are removed. */
#ifndef WCC_ARGCHECK_H
#define WCC_ARGCHECK_H

#include <stdbool.h>

#include "base/buf.h"
#include "prefixmap.h"

/* Properties of the arguments that decide which arguments are added. */
struct asked {
	bool lgcc;	    /* -lgcc or -lgcc_eh is given */
	bool lto;	    /* some form of -flto is given */
	bool seed;	    /* -frandom-seed= is given */
	const char *output; /* the value of -o, or NULL; points into the arguments */
	const char *input;  /* the first input, or NULL; points into the arguments */
};

/*
 * Copy args to out, without the run paths (-Wl,-rpath) in one of the places, which do not exist on
 * the target. Returns 0, or -1 with *why set (caller frees), which names the rejected argument: one
 * that searches or links files of the build machine, or that asks for C++.
 */
int argscheck(const struct strlist *args, const struct places *p, struct strlist *out,
	      struct asked *asked, char **why);

#endif
