/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text for a terminal: lines of limited width, and aligned columns. */
#ifndef BOOK_COLUMNS_H
#define BOOK_COLUMNS_H

#include <stddef.h>

#include "base/buf.h"

enum { TEXTWIDTH = 80, MAXCOLUMNS = 8 };

/* Widths of the columns of one table. Zero-initialise before use. */
struct columns {
	size_t n;		  /* number of columns, at most MAXCOLUMNS */
	size_t width[MAXCOLUMNS]; /* in characters; the last one is not a limit */
	unsigned right;		  /* bit N: column N, from 0, is right-aligned */
};

/* Return the number of characters in len bytes of UTF-8. */
size_t textwidth(const char *s, size_t len);

/*
 * Append the words of s to out in lines of at most TEXTWIDTH characters, and end the last line. The
 * cursor is at column at; further lines begin at column indent. A word that is too long for that
 * begins further to the left, where it fits.
 */
void textfill(struct buf *out, const char *s, size_t at, size_t indent);

/* Widen the columns for these cells. */
void columnsadd(struct columns *c, const struct strlist *cell);

/*
 * To be called after all rows were added: if the last column has too little space, narrow the
 * widest columns.
 */
void columnsfit(struct columns *c);

/*
 * Append a row to out, two spaces before each cell. After a cell that is wider than its column, the
 * row continues on the next line, in the next column.
 */
void columnsrow(struct buf *out, const struct columns *c, const struct strlist *cell);

#endif
