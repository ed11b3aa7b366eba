// SPDX-License-Identifier: GPL-2.0-or-later
#include "columns.h"

#include <stdbool.h>
#include <string.h>

enum {
	GAP = 2,
	ROOM = 28,
	LEAST = 4
}; /* spaces before a cell; least width of the last column; of others */

size_t textwidth(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

/* Begin a new line at a column. */
static void newline(struct buf *out, size_t column)
{
	bufprintf(out, "\n%*s", (int)column, "");
}

/* The column for a line whose first word has this width. */
static size_t startof(size_t width, size_t indent)
{
	if (indent + width <= TEXTWIDTH)
		return indent;
	return width + LEAST < TEXTWIDTH ? TEXTWIDTH - width : LEAST < indent ? LEAST : indent;
}

void textfill(struct buf *out, const char *s, size_t at, size_t indent)
{
	size_t col = at;
	bool first = true; /* first word of its line */

	while (*(s += strspn(s, " \n"))) {
		size_t len = strcspn(s, " \n");
		size_t width = textwidth(s, len);
		size_t start = startof(width, indent);

		if (col + !first + width > TEXTWIDTH && (!first || start < col)) {
			newline(out, start);
			col = start;
		} else if (!first) {
			bufputc(out, ' ');
			col++;
		}
		first = 0;
		bufadd(out, s, len);
		col += width;
		s += len;
	}
	bufputc(out, '\n');
}

void columnsadd(struct columns *c, const struct strlist *cell)
{
	size_t n = cell->len < MAXCOLUMNS ? cell->len : MAXCOLUMNS;

	if (n > c->n)
		c->n = n;
	for (size_t i = 0; i < n; i++) {
		size_t width = textwidth(cell->item[i], strlen(cell->item[i]));

		if (width > c->width[i])
			c->width[i] = width;
	}
}

void columnsfit(struct columns *c)
{
	size_t sum = 0;

	for (size_t i = 0; i < c->n; i++)
		sum += GAP + (i + 1 < c->n ? c->width[i] : 0);
	for (; c->n > 1 && sum > TEXTWIDTH - ROOM; sum--) {
		size_t widest = 0;

		for (size_t i = 1; i + 1 < c->n; i++) {
			if (c->width[i] > c->width[widest])
				widest = i;
		}
		c->width[widest]--;
	}
}

void columnsrow(struct buf *out, const struct columns *c, const struct strlist *cell)
{
	size_t begin = GAP; /* of the column */
	size_t at = 0;	    /* the cursor */

	for (size_t i = 0; i < cell->len && i < c->n; i++) {
		const char *s = cell->item[i];
		size_t width = textwidth(s, strlen(s));
		bool right = (c->right >> i & 1) && width < c->width[i];

		if (at + GAP > begin && at)
			newline(out, at = begin);
		else
			bufprintf(out, "%*s", (int)(begin - at), "");
		at = begin + (right ? c->width[i] - width : 0);
		bufprintf(out, "%*s", (int)(at - begin), "");
		if (i + 1 == cell->len || i + 1 == c->n) {
			textfill(out, s, at, begin);
			return;
		}
		bufputs(out, s);
		at += width;
		begin += c->width[i] + GAP;
	}
	bufputc(out, '\n');
}
