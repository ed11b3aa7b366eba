/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading of a text line by line, and helpers for parsers of lines. */
#ifndef CHECKRECIPE_LINES_H
#define CHECKRECIPE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Start with { .next = text }; free buf at the end. */
struct lines {
	const char *next; /* the rest of the text; not owned */
	size_t number; /* number of the line in buf, from 1; of the first one if lines are joined */
	size_t taken;  /* number of lines read so far */
	struct buf buf; /* the line, without the newline */
};

/* Read one line into buf. Returns false at the end of the text. */
bool linenext(struct lines *l);

/*
 * Read one line as linenext does, and join lines that end in a backslash by one blank, as make
 * does.
 */
bool linejoin(struct lines *l);

char *skipblank(const char *s);		      /* skip blanks and tabs */
size_t wordlen(const char *s);		      /* bytes up to a blank, a tab or the end */
void trimright(char *s);		      /* remove trailing blanks and tabs */
bool wordis(const char *s, const char *word); /* whether the first word of s is word */

/* Return whether the len bytes at s are one of the strings of the NULL-terminated table. */
bool tablehas(const char *const *table, const char *s, size_t len);

/*
 * Return the length of the make reference at s, "$(...)" or "${...}", including nested ones; 0 if
 * none.
 */
size_t reflen(const char *s);

#endif
