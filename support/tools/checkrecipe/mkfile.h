/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of make's language that a recipe may use: assignments, define blocks, ifeq and
 * ifneq, comments. Anything else is reported.
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
