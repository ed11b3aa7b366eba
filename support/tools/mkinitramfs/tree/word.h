/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of a line in tables and manifests. A word is a run of bytes without white space, or
 * text in double quotes, where \" \\ \n \t \$ and \ooo (three octal digits) are escapes for bytes.
 */
#ifndef MKINITRAMFS_WORD_H
#define MKINITRAMFS_WORD_H

#include <stdbool.h>

#include "base/buf.h"

/* A line that is being parsed. Set p; leave the rest zero. */
struct words {
	const char *p;	   /* the rest of the line */
	bool quoted;	   /* the last word was quoted */
	struct buf reason; /* error message of wordnext, else empty; free with buffree */
};

/*
 * Return the next word; caller frees. Returns NULL at the end of the line or on an error, which is
 * in reason. With expand, ${NAME} is replaced by that environment variable; an unset variable is an
 * error.
 */
char *wordnext(struct words *w, bool expand);

/* Append s to out, quoted so that wordnext returns s. */
void wordquote(struct buf *out, const char *s);

/* Return s quoted in the same way, for a message. Caller frees. */
char *wordquoted(const char *s);

/* Append dir/path, quoted so that wordnext with expand returns it; a $ in path stays a $. */
void wordquotesource(struct buf *out, const char *dir, const char *path);

#endif
