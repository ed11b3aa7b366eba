/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text for a terminal: lines of a bounded width, and columns that line up. */
#ifndef BOOK_COLUMNS_H
#define BOOK_COLUMNS_H

#include <stddef.h>

#include "base/buf.h"

enum { TEXTWIDTH = 80, MAXCOLUMNS = 8 };

/* Widths of the columns of one table. Zero-initialise before use. */
struct columns {
	size_t n;		  /* how many there are, at most MAXCOLUMNS */
	size_t width[MAXCOLUMNS]; /* in characters; that of the last one is not a bound */
	unsigned right;		  /* bit N: column N, from 0, is aligned at its right */
};

/* Characters that len bytes of UTF-8 take. */
size_t textwidth(const char *s, size_t len);

/*
 * Append the words of s, in lines up to TEXTWIDTH, and end the line. The cursor is at column at;
 * further lines begin at column indent. A word that is too long for a line begins one further to
 * the left, where it fits.
 */
void textfill(struct buf *out, const char *s, size_t at, size_t indent);

/* Make the columns wide enough for these cells. */
void columnsadd(struct columns *c, const struct strlist *cell);

/* All rows were added: where they leave too little room to the last column, the widest give way. */
void columnsfit(struct columns *c);

/*
 * Append a row, two blanks before each cell. A cell that is wider than its column has the rest of
 * the row begin on the next line, in its column.
 */
void columnsrow(struct buf *out, const struct columns *c, const struct strlist *cell);

#endif
