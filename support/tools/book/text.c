// SPDX-License-Identifier: GPL-2.0-or-later
#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "inline.h"

enum { WIDTH = 80, MAXCOLS = 8, FEWNAMES = 12 };

/* Columns that len bytes of UTF-8 take. */
static size_t columns(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

/* Without markup; links say where they lead; what is typed gets quotes, if they are wanted. */
static void flat(struct buf *out, const struct doc *d, const char *s, int quotes)
{
	struct span span;

	while (spannext(&s, &span)) {
		const struct node *to = NULL;

		if (quotes && span.kind == CODED)
			bufprintf(out, "`%.*s`", (int)span.len, span.text);
		else
			bufadd(out, span.text, span.len);
		if (span.kind != LINKED)
			continue;
		if (*span.href == '#')
			to = docfind(d, span.href + 1, span.hreflen - 1);
		if (to)
			bufprintf(out, " (chapter %d)", to->number);
		else if (*span.href != '#' &&
			 (span.hreflen != span.len || memcmp(span.href, span.text, span.len) != 0))
			bufprintf(out, " <%.*s>", (int)span.hreflen, span.href);
	}
}

/* Append words, in lines up to WIDTH. The cursor is at column at; other lines begin at indent. */
static void fill(struct buf *out, const char *s, size_t at, size_t indent)
{
	size_t col = at;

	while (*(s += strspn(s, " \n"))) {
		size_t len = strcspn(s, " \n");
		size_t width = columns(s, len);

		if (col > at && col + 1 + width > WIDTH) {
			bufprintf(out, "\n%*s", (int)indent, "");
			col = at = indent;
		} else if (col > at) {
			bufputc(out, ' ');
			col++;
		}
		bufadd(out, s, len);
		col += width;
		s += len;
	}
	bufputc(out, '\n');
}

static void para(struct buf *out, const struct doc *d, const struct node *n)
{
	struct buf s = { 0 };

	flat(&s, d, n->text, 1);
	bufputs(out, n->kind == ITEM ? "  - " : "");
	fill(out, bufstr(&s), n->kind == ITEM ? 4 : 0, n->kind == ITEM ? 4 : 0);
	buffree(&s);
}

static void underlined(struct buf *out, const char *s, char line)
{
	bufprintf(out, "%s\n", s);
	for (size_t n = columns(s, strlen(s)); n; n--)
		bufputc(out, line);
	bufputc(out, '\n');
}

static void code(struct buf *out, const struct node *n)
{
	struct buf fence = { 0 };

	bufputs(&fence, "~~~");
	while (strstr(n->text, bufstr(&fence)))
		bufputc(&fence, '~');
	bufprintf(out, "%s %s %s\n%s%s%s\n", bufstr(&fence), n->kind == RUN ? "sh" : "text",
		  n->chapter ? n->chapter->id : "-", n->text,
		  *n->text && n->text[strlen(n->text) - 1] == '\n' ? "" : "\n", bufstr(&fence));
	buffree(&fence);
}

static void table(struct buf *out, const struct doc *d, const struct node *n)
{
	size_t width[MAXCOLS] = { 0 };
	struct buf s = { 0 };

	for (size_t r = 0; r < n->nrows; r++) {
		const struct row *row = &n->row[r];

		for (size_t c = 0; !row->group && c + 1 < row->cell.len && c < MAXCOLS; c++) {
			bufclear(&s);
			flat(&s, d, row->cell.item[c], 0);
			if (columns(bufstr(&s), s.len) > width[c])
				width[c] = columns(bufstr(&s), s.len);
		}
	}
	if (n->folded) {
		bufclear(&s);
		flat(&s, d, n->text, 0);
		bufprintf(out, "%s:\n", bufstr(&s));
	}
	for (size_t r = 0; r < n->nrows; r++) {
		const struct row *row = &n->row[r];
		size_t at = 2;

		bufputs(out, "  ");
		for (size_t c = 0; c < row->cell.len; c++) {
			bufclear(&s);
			flat(&s, d, row->cell.item[c], 0);
			if (c + 1 == row->cell.len || c >= MAXCOLS) {
				fill(out, bufstr(&s), at, at < WIDTH / 2 ? at : 8);
				break;
			}
			bufprintf(out, "%s%*s", bufstr(&s),
				  (int)(width[c] + 2 - columns(bufstr(&s), s.len)), "");
			at += width[c] + 2;
		}
	}
	buffree(&s);
}

/* Names of a directory: all if they are few, else just how many. */
static void files(struct buf *out, const struct doc *d, const struct node *n)
{
	struct buf s = { 0 };

	flat(&s, d, n->text, 0);
	bufprintf(out, "%s:\n", bufstr(&s));
	for (size_t i = 0; i < n->paths->len; i++) {
		const struct pair *p = &n->paths->item[i];
		size_t count = 1;

		for (const char *c = p->value; *c; c++)
			count += *c == ' ';
		bufclear(&s);
		if (count > FEWNAMES)
			bufprintf(&s, "%zu names", count);
		else
			bufputs(&s, p->value);
		bufprintf(out, "  %s/: ", p->name);
		fill(out, bufstr(&s), 5 + columns(p->name, strlen(p->name)), 6);
	}
	buffree(&s);
}

static void heading(struct buf *out, const struct node *n)
{
	char *title = xasprintf("%d. %s", n->number, n->text);

	bufputs(out, "\n\n");
	underlined(out, title, '=');
	free(title);
}

void textwrite(struct buf *out, const struct doc *d, const char *title)
{
	enum kind before = CHAPTER;

	underlined(out, title, '#');
	bufputs(out, "\nContents\n\n");
	for (size_t i = 0; i < d->len; i++) {
		if (d->node[i]->kind == CHAPTER)
			bufprintf(out, "  %2d. %s\n", d->node[i]->number, d->node[i]->text);
	}
	for (size_t i = 0; i < d->len; i++) {
		const struct node *n = d->node[i];

		if (n->kind != CHAPTER && !(n->kind == ITEM && before == ITEM))
			bufputc(out, '\n');
		if (n->kind == CHAPTER)
			heading(out, n);
		else if (n->kind == SECTION)
			underlined(out, n->text, '-');
		else if (n->kind == RUN || n->kind == SHOW)
			code(out, n);
		else if (n->kind == TABLE)
			table(out, d, n);
		else if (n->kind == FILES)
			files(out, d, n);
		else
			para(out, d, n);
		before = n->kind;
	}
}
