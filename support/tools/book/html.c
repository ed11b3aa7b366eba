// SPDX-License-Identifier: GPL-2.0-or-later
#include "html.h"

#include <stdbool.h>
#include <string.h>

#include "inline.h"
#include "xml/markup.h"

static void text(struct buf *out, const char *s)
{
	markupescape(out, s, strlen(s));
}

static void markup(struct buf *out, const char *s)
{
	struct span span;

	while (spannext(&s, &span)) {
		if (span.kind == LINKED) {
			bufputs(out, "<a href=\"");
			markupescape(out, span.href, span.hreflen);
			bufputs(out, "\">");
		} else if (span.kind == CODED) {
			bufputs(out, "<code>");
		}
		markupescape(out, span.text, span.len);
		if (span.kind == LINKED)
			bufputs(out, "</a>");
		else if (span.kind == CODED)
			bufputs(out, "</code>");
	}
}

static void wrapped(struct buf *out, const char *tag, const char *s)
{
	bufprintf(out, "<%s>", tag);
	markup(out, s);
	bufprintf(out, "</%s>\n", tag);
}

/*
 * Commands. In a script that begins with "run STEP <<", the lines up to the first empty one are its
 * header, which most scripts share; readers may skip it.
 */
static void code(struct buf *out, const struct node *n)
{
	const char *head = strstr(n->text, "#!/bin/sh\n");
	const char *body = head ? strstr(head, "\n\n") : NULL;

	bufprintf(out, "<pre class=\"%s\"><code>", n->kind == RUN ? "run" : "show");
	if (body) {
		markupescape(out, n->text, (size_t)(head - n->text));
		bufputs(out, "<span class=\"head\">");
		markupescape(out, head, (size_t)(body - head));
		bufputs(out, "</span>");
		text(out, body);
	} else {
		text(out, n->text);
	}
	bufputs(out, "</code></pre>\n");
}

static void table(struct buf *out, const struct node *n)
{
	size_t columns = 1;

	for (size_t r = 0; r < n->nrows; r++) {
		if (n->row[r].cell.len > columns)
			columns = n->row[r].cell.len;
	}
	if (n->folded) {
		bufputs(out, "<details><summary>");
		markup(out, n->text);
		bufputs(out, "</summary>\n");
	}
	bufprintf(out, "<div class=\"wide\"><table%s>\n", n->head ? "" : " class=\"facts\"");
	for (size_t r = 0; r < n->nrows; r++) {
		const struct row *row = &n->row[r];
		bool head = row->group || (n->head && r == 0);

		bufputs(out, "<tr>");
		for (size_t c = 0; c < row->cell.len; c++) {
			/* in a table of facts the first cell is the name of the second */
			const char *tag = head || (!n->head && c == 0) ? "th" : "td";

			bufprintf(out, "<%s", tag);
			if (row->group)
				bufprintf(out, " colspan=\"%zu\" class=\"group\"", columns);
			else if (n->right >> c & 1)
				bufputs(out, " class=\"figure\"");
			bufputc(out, '>');
			markup(out, row->cell.item[c]);
			bufprintf(out, "</%s>", tag);
		}
		bufputs(out, "</tr>\n");
	}
	bufputs(out, "</table></div>\n");
	if (n->folded)
		bufputs(out, "</details>\n");
}

static void files(struct buf *out, const struct node *n)
{
	bufputs(out, "<details><summary>");
	markup(out, n->text);
	bufputs(out, "</summary>\n<dl>\n");
	for (size_t i = 0; i < n->paths->len; i++) {
		bufputs(out, "<dt><code>");
		text(out, n->paths->item[i].name);
		bufputs(out, "/</code></dt><dd>");
		text(out, n->paths->item[i].value);
		bufputs(out, "</dd>\n");
	}
	bufputs(out, "</dl></details>\n");
}

static void contents(struct buf *out, const struct doc *d)
{
	bufputs(out, "<nav id=\"contents\" aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n");
	for (size_t i = 0; i < d->len; i++) {
		const struct node *n = d->node[i];

		if (n->kind != CHAPTER)
			continue;
		bufputs(out, "<li><a href=\"#");
		text(out, n->id);
		bufputs(out, "\">");
		text(out, n->text);
		bufputs(out, "</a></li>\n");
	}
	bufputs(out, "</ol>\n</nav>\n");
}

static void chapter(struct buf *out, const struct node *n)
{
	if (n->number > 1)
		bufputs(out, "</section>\n");
	bufputs(out, "<section id=\"");
	text(out, n->id);
	bufprintf(out, "\">\n<h2><span class=\"number\">%d</span> ", n->number);
	text(out, n->text);
	bufputs(out, "</h2>\n");
}

static void section(struct buf *out, const struct node *n)
{
	wrapped(out, "h3", n->text);
}

static void para(struct buf *out, const struct node *n)
{
	wrapped(out, n->kind == ITEM ? "li" : "p", n->text);
}

static void (*const write[])(struct buf *out, const struct node *n) = {
	[CHAPTER] = chapter, [SECTION] = section, [PARA] = para,   [ITEM] = para,
	[RUN] = code,	     [SHOW] = code,	  [TABLE] = table, [FILES] = files,
};

void htmlwrite(struct buf *out, const struct doc *d, const char *title, const char *style)
{
	enum kind before = CHAPTER;

	bufputs(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		     "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	text(out, title);
	bufprintf(out,
		  "</title>\n<style>\n%s</style>\n</head>\n<body>\n"
		  "<p class=\"back\"><a href=\"#contents\">Contents</a></p>\n<header>\n<h1>",
		  style);
	text(out, title);
	bufputs(out, "</h1>\n</header>\n");
	contents(out, d);
	bufputs(out, "<main>\n");
	for (size_t i = 0; i < d->len; i++) {
		enum kind kind = d->node[i]->kind;

		if (before == ITEM && kind != ITEM)
			bufputs(out, "</ul>\n");
		if (kind == ITEM && before != ITEM)
			bufputs(out, "<ul>\n");
		write[kind](out, d->node[i]);
		before = kind;
	}
	if (before == ITEM)
		bufputs(out, "</ul>\n");
	bufputs(out, d->chapters ? "</section>\n</main>\n</body>\n</html>\n"
				 : "</main>\n</body>\n</html>\n");
}
