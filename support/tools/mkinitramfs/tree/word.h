/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of a line, in tables and manifests. A word is a run of bytes without white space,
 * or it is in double quotes, where \" \\ \n \t \$ and \ooo (three octal digits) stand for bytes.
 */
#ifndef MKINITRAMFS_WORD_H
#define MKINITRAMFS_WORD_H

#include <stdbool.h>

#include "base/buf.h"

/* A line being read; set p and leave the rest zero. */
struct words {
	const char *p;	   /* what is left of the line */
	bool quoted;	   /* the last word was in quotes */
	struct buf reason; /* why wordnext failed; empty if it did not. End with buffree */
};

/*
 * The next word, which the caller frees; NULL at the end of the line, or on an error (then
 * reason says it). With expand, ${NAME} is replaced by that environment variable; one that
 * is not set is an error.
 */
char *wordnext(struct words *w, bool expand);

/* Append s to out in the form that wordnext reads back as s. */
void wordquote(struct buf *out, const char *s);

/* s in that form, for a message; the caller frees it. */
char *wordquoted(const char *s);

/* Append dir/path so that wordnext with expand gives it back: a $ of path stays a $. */
void wordquotesource(struct buf *out, const char *dir, const char *path);

#endif
