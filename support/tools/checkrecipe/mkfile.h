/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The subset of make's language that a recipe may use: assignments, define blocks, ifeq and ifneq,
 * comments. Anything else is reported.
 *
 * make itself cannot list what a recipe defines. It would run what a recipe must not contain, such
 * as $(shell), so the text must be checked for that first. Of an ifeq it sees only the branch of
 * one configuration (one of the six places where linux.mk sets its version). It does not tell the
 * line numbers of a define or of a second +=. And a process for each recipe takes 5 ms, twice the
 * time of this whole check.
 */
#ifndef CHECKRECIPE_MKFILE_H
#define CHECKRECIPE_MKFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "findings.h"

struct mkvar {
	char *name;  /* owned */
	char *value; /* one joined line without the comment, or the body of a define; owned */
	size_t line; /* line of the assignment; the body of a define starts on the next line */
	bool isdefine;
};

/* Zero-initialise before use. */
struct mkfile {
	struct mkvar *var; /* every assignment, in order; a name may occur more than once */
	size_t len;
	size_t cap;
};

/* Parse the recipe in text, called file in reports. */
void mkparse(struct mkfile *m, const char *file, const char *text, struct report *r);
void mkfree(struct mkfile *m);

/* Return the first assignment of name, or NULL. */
const struct mkvar *mkfind(const struct mkfile *m, const char *name);

#endif
