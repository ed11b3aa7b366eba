// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "fs/file.h"
#include "inline.h"

struct reader {
	struct doc *doc;
	struct book *book;
	const struct insert *inserts;
	struct buf text;    /* of the current paragraph, item or commands */
	enum kind kind;	    /* kind of text */
	bool fenced;	    /* inside ~~~ */
	bool skip;	    /* inside a false branch of @if */
	bool inif;	    /* inside any @if */
	char *define;	    /* variable to assign the paragraph to, or NULL */
	bool failed;	    /* an insert failed: the error is not in the pages */
	struct node *table; /* current table, or NULL */
};

/* Append line to out, with variables expanded. Returns 0, or -1 with *why. */
static int expand(struct buf *out, const struct reader *r, const char *line, char **why)
{
	while (*line) {
		size_t len = *line == '@' ? strspn(line + 1, "abcdefghijklmnopqrstuvwxyz-") : 0;
		const char *value;
		char *name;

		if (!len || line[len + 1] != '@') {
			bufputc(out, *line++);
			continue;
		}
		name = xstrndup(line + 1, len);
		value = pairfind(&r->book->set, name);
		if (!value)
			*why = xasprintf("unknown variable %s", name);
		free(name);
		if (!value)
			return -1;
		bufputs(out, value);
		line += len + 2;
	}
	return 0;
}

/* End the current node. */
static void flush(struct reader *r)
{
	struct buf out = { 0 };

	if (r->define) {
		inlineread(&out, bufstr(&r->text));
		pairadd(&r->book->set, r->define, bufstr(&out));
		free(r->define);
		r->define = NULL;
	} else if (r->text.len && (r->kind == RUN || r->kind == SHOW)) {
		docadd(r->doc, r->kind, "%s", bufstr(&r->text));
	} else if (r->text.len) {
		inlineread(&out, bufstr(&r->text));
		docadd(r->doc, r->kind, "%s", bufstr(&out));
	}
	buffree(&out);
	bufclear(&r->text);
	r->kind = PARA;
	r->table = NULL;
}

static int chapter(struct reader *r, char *line, char **why)
{
	char *open = strchr(line, '{');
	char *close = open ? strchr(open, '}') : NULL;
	char *end = open;

	if (!close || open == line) {
		*why = xstrdup("expected a title and {ID} of a chapter");
		return -1;
	}
	*close = '\0';
	while (end > line && end[-1] == ' ')
		end--;
	*end = '\0';
	docchapter(r->doc, open + 1, line);
	return 0;
}

/* A line "| A | B |". */
static void tablerow(struct reader *r, char *line)
{
	struct node *t = r->table;
	struct row *row;
	char *cell;

	if (!t) {
		flush(r);
		t = r->table = doctable(r->doc, true);
	}
	docrow(t, NULL, NULL);
	row = &t->row[t->nrows - 1];
	line++;
	while ((cell = strsep(&line, "|")) && line) {
		struct buf out = { 0 };
		size_t len;

		cell += strspn(cell, " ");
		for (len = strlen(cell); len && cell[len - 1] == ' ';)
			cell[--len] = '\0';
		inlineread(&out, cell);
		listadd(&row->cell, bufstr(&out));
		buffree(&out);
	}
}

static int directive(struct reader *r, char *word, char **why)
{
	if (startswith(word, "if ")) {
		const char *value = pairfind(&r->book->set, word + 3);

		if (r->inif) {
			*why = xstrdup("@if inside @if");
			return -1;
		}
		r->inif = true;
		r->skip = !value || !*value;
		return 0;
	}
	if (strcmp(word, "else") == 0 && r->inif) {
		r->skip = !r->skip;
		return 0;
	}
	if (startswith(word, "define ") && !r->skip) {
		r->define = xstrdup(word + 7);
		return 0;
	}
	if (strcmp(word, "end") == 0) {
		r->inif = r->skip = false;
		return 0;
	}
	for (const struct insert *i = r->inserts; i->word && !r->skip; i++) {
		if (strcmp(i->word, word) == 0) {
			r->failed = i->add(r->doc, r->book, why) < 0;
			return r->failed ? -1 : 0;
		}
	}
	if (!r->skip)
		*why = xasprintf("unknown word @%s", word);
	return r->skip ? 0 : -1;
}

/* A line inside ~~~. */
static void fenced(struct reader *r, const char *line)
{
	if (strcmp(line, "~~~") == 0) {
		flush(r);
		r->fenced = false;
	} else {
		bufprintf(&r->text, "%s\n", line);
	}
}

static void proseline(struct reader *r, char *line)
{
	if (startswith(line, "~~~")) {
		flush(r);
		r->fenced = true;
		r->kind = strcmp(line + 3, " sh") == 0 ? RUN : SHOW;
	} else if (*line == '|') {
		tablerow(r, line);
	} else if (startswith(line, "- ")) {
		flush(r);
		r->kind = ITEM;
		bufputs(&r->text, line + 2);
	} else if (!*line) {
		flush(r);
	} else {
		bufprintf(&r->text, "%s%s", r->text.len ? " " : "", line + strspn(line, " "));
	}
}

static int takeline(struct reader *r, char *line, char **why)
{
	if (!r->fenced && *line == '@' && !strchr(line + 1, '@')) {
		flush(r);
		return directive(r, line + 1, why);
	}
	if (r->skip || (!r->fenced && *line == '%'))
		return 0;
	if (r->fenced) {
		fenced(r, line);
	} else if (startswith(line, "# ")) {
		flush(r);
		return chapter(r, line + 2, why);
	} else if (startswith(line, "## ")) {
		flush(r);
		docadd(r->doc, SECTION, "%s", line + 3);
	} else {
		proseline(r, line);
	}
	return 0;
}

int pagesread(struct doc *d, struct book *b, const char *path, const struct insert *inserts,
	      char **why)
{
	struct reader r = { .doc = d, .book = b, .inserts = inserts, .kind = PARA };
	struct buf text = { 0 }, line = { 0 };
	char *p, *raw, *bad = NULL;
	long number = 0;

	if (fileread(path, &text) < 0) {
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
		return -1;
	}
	p = text.data;
	while (!bad && p && (raw = strsep(&p, "\n"))) {
		number++;
		bufclear(&line);
		bufputs(&line, "");
		if (r.skip)
			bufputs(&line, raw);
		else if (expand(&line, &r, raw, &bad) < 0)
			break;
		takeline(&r, line.data, &bad);
	}
	flush(&r);
	if (!bad && (r.fenced || r.inif))
		bad = xasprintf("~~~ or @if without its end");
	if (bad && r.failed)
		*why = xstrdup(bad);
	else if (bad)
		*why = xasprintf("%s:%ld: %s", path, number, bad);
	free(bad);
	buffree(&r.text);
	buffree(&line);
	buffree(&text);
	return *why ? -1 : 0;
}
