// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "lines.h"

#define SYMBOLCHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

/* The state of the checker. */
struct rules {
	struct kconf *k;
	const char *file;
	struct report *r;
	const struct kstatement *s; /* the current statement */
	bool inentry;		    /* whether an attribute is allowed here */
	struct strlist open;	    /* open blocks: menu, if, choice */
};

static void wrong(struct rules *p, const char *what)
{
	reportadd(p->r, p->file, p->s->line, "%s", what);
}

/* Record each PACKAGE_ symbol in the expression from s to end. */
static void noterefs(struct rules *p, const char *s, const char *end)
{
	struct kconf *k = p->k;

	while ((s += strcspn(s, SYMBOLCHARS)) < end) {
		size_t len = strspn(s, SYMBOLCHARS);

		if (startswith(s, "PACKAGE_")) {
			if (k->reflen == k->refcap) {
				k->refcap = k->refcap ? 2 * k->refcap : 8;
				k->ref = xrealloc(k->ref, k->refcap * sizeof(*k->ref));
			}
			k->ref[k->reflen++] = (struct kconfref){ xstrndup(s, len), p->s->line };
		}
		s += len;
	}
}

/* Check for a quoted string at s. Returns the text after it, or NULL after reporting an error. */
static const char *quoted(struct rules *p, const char *s)
{
	const char *end = *s == '"' || *s == '\'' ? strchr(s + 1, *s) : NULL;

	if (!end) {
		wrong(p, "text stands in quotes: the kernel's parser takes nothing else");
		return NULL;
	}
	return skipblank(end + 1);
}

/* Check the text after a value: nothing, or "if EXPRESSION". */
static void condition(struct rules *p, const char *s)
{
	if (!s || !*s)
		return;
	if (wordis(s, "if") && *skipblank(s + 2))
		noterefs(p, s + 2, s + strlen(s));
	else
		wrong(p, "only 'if EXPRESSION' can follow here");
}

static void closeblock(struct rules *p, const char *opener)
{
	struct strlist *o = &p->open;

	p->inentry = false;
	if (o->len == 0 || strcmp(o->item[o->len - 1], opener) != 0) {
		reportadd(p->r, p->file, p->s->line, "this closes no %s", opener);
		return;
	}
	free(o->item[--o->len]);
	o->item[o->len] = NULL;
}

/* Check a statement that starts an entry or a block. Returns whether s is one. */
static bool entry(struct rules *p, const char *s, const char *rest)
{
	if (wordis(s, "config") || wordis(s, "menuconfig")) {
		if (!*rest || rest[strspn(rest, SYMBOLCHARS)])
			wrong(p, "config takes one name of letters, digits and '_'");
	} else if (wordis(s, "choice")) {
		if (*rest)
			wrong(p, "the kernel's parser takes no name for a choice");
		listadd(&p->open, "choice");
	} else if (wordis(s, "menu") || wordis(s, "comment") || wordis(s, "mainmenu") ||
		   wordis(s, "source")) {
		quoted(p, rest);
		if (wordis(s, "menu"))
			listadd(&p->open, "menu");
	} else if (wordis(s, "if")) {
		noterefs(p, rest, rest + strlen(rest));
		listadd(&p->open, "if");
	} else if (wordis(s, "endif") || wordis(s, "endmenu") || wordis(s, "endchoice")) {
		closeblock(p, s + strlen("end"));
		return true;
	} else {
		return false;
	}
	p->inentry = !wordis(s, "if") && !wordis(s, "source");
	return true;
}

static void typeattribute(struct rules *p, const char *s, const char *rest)
{
	if (startswith(s, "def_"))
		condition(p, skipblank(rest + wordlen(rest)));
	else if (*rest)
		condition(p, quoted(p, rest));
}

/*
 * Return the end of a default's value, after which its condition starts: the end of a word, a
 * string or an expression.
 */
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

/* Check an attribute of the entry. Returns whether s is one. */
static bool attribute(struct rules *p, const char *s, const char *rest)
{
	static const char *const types[] = { "bool", "tristate", "string",	 "int",
					     "hex",  "def_bool", "def_tristate", NULL };

	if (tablehas(types, s, wordlen(s))) {
		typeattribute(p, s, rest);
	} else if (wordis(s, "prompt")) {
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
		return false;
	}
	return true;
}

static void statement(void *arg, const struct kstatement *statement)
{
	struct rules *p = arg;
	const char *s = statement->text;
	const char *rest = skipblank(s + wordlen(s));

	p->s = statement;
	if (strchr(s, '$'))
		wrong(p, "the two parsers read '$' differently: do without");
	if (entry(p, s, rest))
		return;
	if (!(wordis(s, "help") && !*rest) && !attribute(p, s, rest)) {
		reportadd(p->r, p->file, statement->line,
			  "'%.*s': not in the language that kconfig-frontends 4.11 and the "
			  "kernel's parser share%s",
			  (int)wordlen(s), s, strcmp(s, "---help---") == 0 ? ": write help" : "");
		return;
	}
	if (!p->inentry)
		wrong(p, "this belongs to no config, choice, menu or comment");
	if (statement->help.line && statement->help.column <= statement->column)
		reportadd(p->r, p->file, statement->help.line,
			  "help text is indented deeper than 'help': it is read as text");
}

static size_t countlines(const char *text)
{
	size_t n = 0;

	for (; *text; n++)
		text += strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n');
	return n;
}

void kconfparse(struct kconf *k, const char *file, const char *text, struct report *r)
{
	struct rules p = { .k = k, .file = file, .r = r };
	size_t last = countlines(text);
	char *why;

	k->tree.keephelp = true;
	k->tree.each = statement;
	k->tree.arg = &p;
	if (kconfigtext(&k->tree, file, text, &why) < 0) {
		reportadd(r, file, last, "%s", why);
		free(why);
	}
	for (size_t i = 0; i < p.open.len; i++)
		reportadd(r, file, last ? last : 1, "%s without end%s", p.open.item[i],
			  p.open.item[i]);
	listfree(&p.open);
}

void kconffree(struct kconf *k)
{
	kconfigfree(&k->tree);
	for (size_t i = 0; i < k->reflen; i++)
		free(k->ref[i].name);
	free(k->ref);
	*k = (struct kconf){ 0 };
}
