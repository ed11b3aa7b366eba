// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconf.h"

#include <stdlib.h>
#include <string.h>

#include "lines.h"

struct parser {
	struct kconf *k;
	const char *file;
	struct report *r;
	struct lines l;
	size_t sym;  /* the symbol that attributes belong to, plus 1; 0 for a menu, choice ... */
	int inentry; /* nonzero where an attribute may stand */
	size_t helpindent;   /* columns of the help keyword whose text comes next, plus 1; or 0 */
	size_t textindent;   /* columns of the help text, 0 before its first line */
	struct strlist open; /* menu, if, choice: what is to be closed */
};

static struct kconfsym *current(struct parser *p)
{
	return p->sym ? &p->k->sym[p->sym - 1] : NULL;
}

static void wrong(struct parser *p, const char *what)
{
	reportadd(p->r, p->file, p->l.number, "%s", what);
}

static void symadd(struct parser *p, const char *name)
{
	struct kconf *k = p->k;

	if (k->len == k->cap) {
		k->cap = k->cap ? 2 * k->cap : 8;
		k->sym = xrealloc(k->sym, k->cap * sizeof(*k->sym));
	}
	k->sym[k->len++] = (struct kconfsym){ .name = xstrdup(name), .line = p->l.number };
	p->sym = k->len;
}

/* Note each PACKAGE_ symbol in the expression from s to end. */
static void noterefs(struct parser *p, const char *s, const char *end)
{
	struct kconf *k = p->k;

	while ((s += strcspn(s, SYMBOLCHARS)) < end) {
		size_t len = strspn(s, SYMBOLCHARS);

		if (startswith(s, "PACKAGE_")) {
			if (k->reflen == k->refcap) {
				k->refcap = k->refcap ? 2 * k->refcap : 8;
				k->ref = xrealloc(k->ref, k->refcap * sizeof(*k->ref));
			}
			k->ref[k->reflen++] = (struct kconfref){ xstrndup(s, len), p->l.number };
		}
		s += len;
	}
}

/* Check for a quoted string at s; what follows it is returned, or NULL after a complaint. */
static const char *quoted(struct parser *p, const char *s)
{
	const char *end = *s == '"' || *s == '\'' ? strchr(s + 1, *s) : NULL;

	if (!end) {
		wrong(p, "text stands in quotes: the kernel's parser takes nothing else");
		return NULL;
	}
	return skipblank(end + 1);
}

/* What may follow a value: nothing, or "if EXPRESSION". */
static void condition(struct parser *p, const char *s)
{
	if (!s || !*s)
		return;
	if (wordis(s, "if") && *skipblank(s + 2))
		noterefs(p, s + 2, s + strlen(s));
	else
		wrong(p, "only 'if EXPRESSION' can follow here");
}

static void closeblock(struct parser *p, const char *opener)
{
	struct strlist *o = &p->open;

	p->inentry = 0;
	if (o->len == 0 || strcmp(o->item[o->len - 1], opener) != 0) {
		reportadd(p->r, p->file, p->l.number, "this closes no %s", opener);
		return;
	}
	free(o->item[--o->len]);
	o->item[o->len] = NULL;
}

/* Statements that begin something. Returns nonzero if s was one. */
static int entry(struct parser *p, const char *s, const char *rest)
{
	if (wordis(s, "config") || wordis(s, "menuconfig")) {
		if (!*rest || rest[strspn(rest, SYMBOLCHARS)])
			wrong(p, "config takes one name of letters, digits and '_'");
		symadd(p, rest);
	} else if (wordis(s, "choice")) {
		if (*rest)
			wrong(p, "the kernel's parser takes no name for a choice");
		p->sym = 0;
		listadd(&p->open, "choice");
	} else if (wordis(s, "menu") || wordis(s, "comment") || wordis(s, "mainmenu") ||
		   wordis(s, "source")) {
		quoted(p, rest);
		p->sym = 0;
		if (wordis(s, "menu"))
			listadd(&p->open, "menu");
	} else if (wordis(s, "if")) {
		noterefs(p, rest, rest + strlen(rest));
		listadd(&p->open, "if");
	} else if (wordis(s, "endif") || wordis(s, "endmenu") || wordis(s, "endchoice")) {
		closeblock(p, s + strlen("end"));
		return 1;
	} else {
		return 0;
	}
	p->inentry = !wordis(s, "if") && !wordis(s, "source");
	return 1;
}

static void typeattribute(struct parser *p, const char *s, const char *rest)
{
	struct kconfsym *sym = current(p);

	if (sym)
		sym->isbool = wordis(s, "bool") || wordis(s, "def_bool");
	if (startswith(s, "def_")) {
		condition(p, skipblank(rest + wordlen(rest)));
	} else if (*rest) {
		if (sym)
			sym->hasprompt = 1;
		condition(p, quoted(p, rest));
	}
}

/* Where the condition of a default begins: past a word, a string or an expression. */
static const char *pastvalue(const char *s)
{
	const char *end;

	if (*s == '"' || *s == '\'') {
		end = strchr(s + 1, *s);
		return skipblank(end ? end + 1 : s + strlen(s));
	}
	end = strstr(s, " if ");
	return end ? end + 1 : s + strlen(s);
}

/* Statements that say something of the entry. Returns nonzero if s was one. */
static int attribute(struct parser *p, const char *s, const char *rest)
{
	static const char *const types[] = { "bool", "tristate", "string",	 "int",
					     "hex",  "def_bool", "def_tristate", NULL };

	if (tablehas(types, s, wordlen(s))) {
		typeattribute(p, s, rest);
	} else if (wordis(s, "prompt")) {
		if (current(p))
			current(p)->hasprompt = 1;
		condition(p, quoted(p, rest));
	} else if (wordis(s, "default")) {
		condition(p, pastvalue(rest));
	} else if (wordis(s, "depends")) {
		if (!wordis(rest, "on") || !*skipblank(rest + 2))
			wrong(p, "write 'depends on EXPRESSION'");
		else if (strstr(rest, " if "))
			wrong(p, "'depends on' takes no 'if': write && and ||");
		noterefs(p, rest, rest + strlen(rest));
	} else if (wordis(s, "select") || wordis(s, "imply")) {
		noterefs(p, rest, rest + wordlen(rest));
		condition(p, skipblank(rest + wordlen(rest)));
	} else if (wordis(s, "visible")) {
		condition(p, rest);
	} else if (!wordis(s, "range")) {
		return 0;
	}
	return 1;
}

static void statement(struct parser *p, const char *s)
{
	const char *rest = skipblank(s + wordlen(s));

	if (strchr(s, '$'))
		wrong(p, "the two parsers read '$' differently: do without");
	if (entry(p, s, rest))
		return;
	if (wordis(s, "help") && !*rest) {
		p->helpindent = 1;
	} else if (!attribute(p, s, rest)) {
		reportadd(p->r, p->file, p->l.number,
			  "'%.*s': not in the language that kconfig-frontends 4.11 and the "
			  "kernel's parser share%s",
			  (int)wordlen(s), s, strcmp(s, "---help---") == 0 ? ": write help" : "");
		return;
	}
	if (!p->inentry)
		wrong(p, "this belongs to no config, choice, menu or comment");
}

/* Columns before the text of a line, tabs at every eighth. */
static size_t indent(const char *s)
{
	size_t col = 0;

	for (; *s == ' ' || *s == '\t'; s++)
		col = *s == '\t' ? (col | 7) + 1 : col + 1;
	return col;
}

/* Returns nonzero if the line belongs to a help text. */
static int helpline(struct parser *p, const char *line)
{
	size_t col = indent(line);

	if (!p->helpindent)
		return 0;
	if (!*skipblank(line))
		return 1;
	if (p->textindent == 0 && col > 0) {
		p->textindent = col;
		if (col < p->helpindent)
			wrong(p, "help text is indented deeper than 'help': it is read as text");
		if (current(p))
			current(p)->hashelp = 1;
	}
	if (col > 0 && col >= p->textindent)
		return 1;
	p->helpindent = p->textindent = 0;
	return 0;
}

/* Cut a comment: a '#' outside quotes. */
static void cutcomment(char *s)
{
	char quote = 0;

	for (; *s; s++) {
		if (quote ? *s == quote : *s == '"' || *s == '\'')
			quote = quote ? 0 : *s;
		else if (*s == '#' && !quote)
			*s = '\0';
		if (!*s)
			return;
	}
}

void kconfparse(struct kconf *k, const char *file, const char *text, struct report *r)
{
	struct parser p = { .k = k, .file = file, .r = r, .l = { .next = text } };

	while (p.helpindent ? linenext(&p.l) : linejoin(&p.l)) {
		char *line = p.l.buf.data;
		size_t col = indent(line);

		if (helpline(&p, line))
			continue;
		cutcomment(line);
		trimright(line);
		line = skipblank(line);
		if (!*line)
			continue;
		statement(&p, line);
		if (p.helpindent)
			p.helpindent = col + 1;
	}
	for (size_t i = 0; i < p.open.len; i++)
		reportadd(r, file, p.l.taken ? p.l.taken : 1, "%s without end%s", p.open.item[i],
			  p.open.item[i]);
	listfree(&p.open);
	buffree(&p.l.buf);
}

void kconffree(struct kconf *k)
{
	for (size_t i = 0; i < k->len; i++)
		free(k->sym[i].name);
	for (size_t i = 0; i < k->reflen; i++)
		free(k->ref[i].name);
	free(k->sym);
	free(k->ref);
	*k = (struct kconf){ 0 };
}
