/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quoting and splitting of shell words. */
#ifndef BASE_SHELLWORD_H
#define BASE_SHELLWORD_H

#include <stdbool.h>

#include "base/buf.h"

/* Append text as one word, in single quotes if it needs them. */
void shellword(struct buf *out, const char *text);

/* Append text as part of a word in double quotes. The caller writes the quotes. */
void shellquoted(struct buf *out, const char *text);

/*
 * Read the next word of *text into word, without its quotes, and advance *text. White space
 * separates words unless it is quoted. A backslash quotes the next character, except in single
 * quotes; if everywhere is set, also in single quotes, as in gcc's response files. Returns 1; 0 at
 * the end; -1 if a quote is not closed, with the word up to the end. word->data is never NULL
 * afterwards.
 */
int shellwordnext(const char **text, struct buf *word, bool everywhere);

#endif
