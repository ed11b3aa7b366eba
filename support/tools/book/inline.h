/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text with simple markup. The markup is control characters, which no value has, so values need no
 * quoting.
 */
#ifndef BOOK_INLINE_H
#define BOOK_INLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* For string literals: code; a link (to "#ID" or a URL) with its text. */
#define CODE(text)	 "\001" text "\002"
#define LINK(href, text) "\003" href "\004" text "\005"

struct span {
	enum { PLAIN, CODED, LINKED } kind;
	const char *text; /* not terminated, len bytes */
	size_t len;
	const char *href; /* for LINKED; hreflen bytes */
	size_t hreflen;
};

/* Read the next span at *p and advance *p. Returns false at the end. */
bool spannext(const char **p, struct span *s);

/* Convert the pages' markup in s, `code` and [text](href), and append it to out. */
void inlineread(struct buf *out, const char *s);

#endif
