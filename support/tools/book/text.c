// SPDX-License-Identifier: GPL-2.0-or-later
#include "text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "inline.h"

enum { FEWNAMES = 12 };

/* Without markup; links say where they lead; what is typed gets quotes, if they are wanted. */
static void flat(struct buf *out, const struct doc *d, const char *s, bool quotes)
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

static void para(struct buf *out, const struct doc *d, const struct node *n)
{
	struct buf s = { 0 };

	flat(&s, d, n->text, true);
	bufputs(out, n->kind == ITEM ? "  - " : "");
	textfill(out, bufstr(&s), n->kind == ITEM ? 4 : 0, n->kind == ITEM ? 4 : 0);
	buffree(&s);
}

static void underlined(struct buf *out, const char *s, char line)
{
	bufprintf(out, "%s\n", s);
	for (size_t n = textwidth(s, strlen(s)); n; n--)
		bufputc(out, line);
	bufputc(out, '\n');
}

static void code(struct buf *out, const struct doc *d, const struct node *n)
{
	struct buf fence = { 0 };

	(void)d;
	bufputs(&fence, "~~~");
	while (strstr(n->text, bufstr(&fence)))
		bufputc(&fence, '~');
	bufprintf(out, "%s %s %s\n%s%s%s\n", bufstr(&fence), n->kind == RUN ? "sh" : "text",
		  n->chapter ? n->chapter->id : "-", n->text,
		  *n->text && n->text[strlen(n->text) - 1] == '\n' ? "" : "\n", bufstr(&fence));
	buffree(&fence);
}

/* A row's cells without markup. */
static void flatcells(struct strlist *cells, const struct doc *d, const struct row *row)
{
	struct buf s = { 0 };

	for (size_t c = 0; c < row->cell.len; c++) {
		bufclear(&s);
		flat(&s, d, row->cell.item[c], false);
		listadd(cells, bufstr(&s));
	}
	buffree(&s);
}

/* What can be unfolded in HTML: its summary. */
static void summary(struct buf *out, const struct doc *d, const struct node *n)
{
	struct buf s = { 0 };

	flat(&s, d, n->text, false);
	bufputc(&s, ':');
	textfill(out, bufstr(&s), 0, 0);
	buffree(&s);
}

static void table(struct buf *out, const struct doc *d, const struct node *n)
{
	struct strlist *cells = xcalloc(n->nrows, sizeof(*cells));
	struct columns c = { .right = n->right };

	for (size_t r = 0; r < n->nrows; r++) {
		flatcells(&cells[r], d, &n->row[r]);
		if (!n->row[r].group)
			columnsadd(&c, &cells[r]);
	}
	columnsfit(&c);
	if (n->folded)
		summary(out, d, n);
	for (size_t r = 0; r < n->nrows; r++) {
		if (n->row[r].group) {
			if (r > 1 && !n->row[r - 1].group)
				bufputc(out, '\n');
			bufputs(out, "  ");
			textfill(out, cells[r].item[0], 2, 2);
		} else {
			columnsrow(out, &c, &cells[r]);
		}
		listfree(&cells[r]);
	}
	free(cells);
}

/* A directory and its names: all if they are few, else just how many. */
static void filecells(struct strlist *cells, const struct pair *p)
{
	struct buf s = { 0 };
	size_t count = 1;

	for (const char *c = p->value; *c; c++)
		count += *c == ' ';
	bufprintf(&s, "%s/", p->name);
	listadd(cells, bufstr(&s));
	bufclear(&s);
	if (count > FEWNAMES)
		bufprintf(&s, "%zu names", count);
	else
		bufputs(&s, p->value);
	listadd(cells, bufstr(&s));
	buffree(&s);
}

static void files(struct buf *out, const struct doc *d, const struct node *n)
{
	struct strlist *cells = xcalloc(n->paths->len, sizeof(*cells));
	struct columns c = { 0 };

	for (size_t i = 0; i < n->paths->len; i++) {
		filecells(&cells[i], &n->paths->item[i]);
		columnsadd(&c, &cells[i]);
	}
	columnsfit(&c);
	summary(out, d, n);
	for (size_t i = 0; i < n->paths->len; i++) {
		columnsrow(out, &c, &cells[i]);
		listfree(&cells[i]);
	}
	free(cells);
}

/* The line of the title of the contents. */
enum { CONTENTS = 4 };

static size_t lines(struct buf *b)
{
	size_t n = 0;

	for (const char *s = bufstr(b); (s = strchr(s, '\n')); s++)
		n++;
	return n;
}

/* A chapter begins with a line that leads back to the contents. */
static void heading(struct buf *out, const struct doc *d, const struct node *n)
{
	char *title = xasprintf("%d. %s", n->number, n->text);

	bufprintf(out, "\n\n[chapter %d of %d; contents: line %d]\n\n", n->number, d->chapters,
		  CONTENTS);
	underlined(out, title, '=');
	free(title);
}

static void section(struct buf *out, const struct doc *d, const struct node *n)
{
	(void)d;
	underlined(out, n->text, '-');
}

static void (*const write[])(struct buf *out, const struct doc *d, const struct node *n) = {
	[CHAPTER] = heading, [SECTION] = section, [PARA] = para,   [ITEM] = para,
	[RUN] = code,	     [SHOW] = code,	  [TABLE] = table, [FILES] = files,
};

/*
 * Append all chapters. line[N] becomes the line of the title of chapter N, from 1, counted from
 * the first line of what is appended.
 */
static void chapters(struct buf *out, const struct doc *d, size_t *line)
{
	enum kind before = CHAPTER;

	for (size_t i = 0; i < d->len; i++) {
		const struct node *n = d->node[i];

		if (n->kind != CHAPTER && !(n->kind == ITEM && before == ITEM))
			bufputc(out, '\n');
		write[n->kind](out, d, n);
		if (n->kind == CHAPTER) /* below it is what underlines it */
			line[n->number] = lines(out) - 1;
		before = n->kind;
	}
}

void textwrite(struct buf *out, const struct doc *d, const char *title)
{
	size_t *line = xcalloc((size_t)d->chapters + 1, sizeof(*line));
	struct buf body = { 0 };
	size_t above;

	chapters(&body, d, line);
	underlined(out, title, '#');
	bufputs(out, "\nContents (less goes to line 120 by 120g)\n\n   line  chapter\n");
	above = lines(out) + (size_t)d->chapters;
	for (size_t i = 0; i < d->len; i++) {
		const struct node *n = d->node[i];

		if (n->kind == CHAPTER)
			bufprintf(out, "  %5zu  %2d. %s\n", above + line[n->number], n->number,
				  n->text);
	}
	bufputs(out, bufstr(&body));
	buffree(&body);
	free(line);
}
