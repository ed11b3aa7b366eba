/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of make's language that a recipe may use: assignments, define blocks, ifeq and
 * ifneq, comments. Anything else is reported.
 *
 * make is not asked what a recipe defines: it would run what the recipe must not say, such as
 * $(shell), so that has to be looked for in the text first; of an ifeq it sees only the branch of
 * one configuration (one of the six places where linux.mk sets its version); it does not tell
 * where the lines of a define or a second += are; and a process for each recipe takes 5 ms, twice
 * the time of all that is done here.
 */
#ifndef CHECKRECIPE_MKFILE_H
#define CHECKRECIPE_MKFILE_H

#include <stddef.h>

#include "base/buf.h"
#include "findings.h"

struct mkvar {
	char *name;  /* owned */
	char *value; /* one joined line without its comment, or the body of a define; owned */
	size_t line; /* where it is assigned; the body of a define begins on the next line */
	int isdefine;
};

/* Zero-initialise before use. */
struct mkfile {
	struct mkvar *var; /* every assignment, in order: a name may come more than once */
	size_t len;
	size_t cap;
};

/* Read the recipe in text, called file in what is reported. */
void mkparse(struct mkfile *m, const char *file, const char *text, struct report *r);
void mkfree(struct mkfile *m);

/* The first assignment of name, or NULL. */
const struct mkvar *mkfind(const struct mkfile *m, const char *name);

#endif
