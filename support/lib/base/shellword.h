/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words of a command as a shell writes and reads them. */
#ifndef BASE_SHELLWORD_H
#define BASE_SHELLWORD_H

#include <stdbool.h>

#include "base/buf.h"

/* Append text as one word, in single quotes where it needs them. */
void shellword(struct buf *out, const char *text);

/* Append text as a part of a word in double quotes, which the caller writes. */
void shellquoted(struct buf *out, const char *text);

/*
 * Take the next word of *text, without its quotes, into word: white space divides words, quotes
 * keep it, and a backslash quotes what follows it; not in single quotes, unless everywhere is set,
 * as in gcc's response files. Returns 1; 0 at the end; -1 if a quote is not closed, with the word
 * up to the end. word->data is never NULL after it.
 */
int shellwordnext(const char **text, struct buf *word, bool everywhere);

#endif
