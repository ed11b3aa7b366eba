/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A text read line by line, and the few things every line parser asks of a word.
 */
#ifndef CHECKRECIPE_LINES_H
#define CHECKRECIPE_LINES_H

#include <stddef.h>

#include "base/buf.h"

/* Start with { .next = text }; free buf at the end. */
struct lines {
	const char *next; /* the rest of the text, not owned */
	size_t number;	  /* of the line in buf, from 1; the first one of a joined line */
	size_t taken;	  /* lines read so far */
	struct buf buf;	  /* the line, without its newline */
};

/* Read one line into buf. Returns 0 at the end of the text. */
int linenext(struct lines *l);

/* As linenext, but lines that end in a backslash are joined by one blank, as make does. */
int linejoin(struct lines *l);

char *skipblank(const char *s);			  /* past blanks and tabs */
size_t wordlen(const char *s);			  /* bytes up to a blank, a tab or the end */
void trimright(char *s);			  /* cut blanks and tabs off the end */
int wordis(const char *s, const char *word);	  /* nonzero if the first word of s is word */
int startswith(const char *s, const char *start); /* nonzero if s begins with start */

/* Nonzero if the len bytes at s are one of the strings of the NULL-terminated table. */
int tablehas(const char *const *table, const char *s, size_t len);

/* The length of the make reference at s, "$(...)" or "${...}" with what is nested; 0 if none. */
size_t reflen(const char *s);

#endif
