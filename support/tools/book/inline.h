/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text with a little markup in it. It is made of control characters, which no value has, so that
 * values need no quoting.
 */
#ifndef BOOK_INLINE_H
#define BOOK_INLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* For string literals: what is typed or named so; a link (to "#ID" or an address) with its text. */
#define CODE(text)	 "\001" text "\002"
#define LINK(href, text) "\003" href "\004" text "\005"

struct span {
	enum { PLAIN, CODED, LINKED } kind;
	const char *text; /* not terminated, len bytes */
	size_t len;
	const char *href; /* for LINKED; hreflen bytes */
	size_t hreflen;
};

/* Take the next span off *p. Returns 0 at the end. */
bool spannext(const char **p, struct span *s);

/* Append to out what s says in the pages' markup: `code` and [text](href). */
void inlineread(struct buf *out, const char *s);

#endif
