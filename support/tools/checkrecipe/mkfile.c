// SPDX-License-Identifier: GPL-2.0-or-later
#include "mkfile.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "lines.h"

struct parser {
	struct mkfile *m;
	const char *file;
	struct report *r;
	struct lines l;
	size_t depth; /* number of open conditionals */
};

static void varadd(struct mkfile *m, char *name, char *value, size_t line, bool isdefine)
{
	if (m->len == m->cap) {
		m->cap = m->cap ? 2 * m->cap : 16;
		m->var = xrealloc(m->var, m->cap * sizeof(*m->var));
	}
	m->var[m->len++] = (struct mkvar){ name, value, line, isdefine };
}

/* Report calls of make functions that have side effects. */
static void checkcalls(struct parser *p, const char *text, size_t line)
{
	static const char *const acts[] = { "eval", "shell", "file", "guile", NULL };

	for (; *text; text++) {
		size_t len;

		if (*text == '\n')
			line++;
		if (*text != '$')
			continue;
		if (*++text != '(' && *text != '{') {
			if (!*text)
				return;
			continue;
		}
		len = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz");
		if (tablehas(acts, text + 1, len) && strchr(" \t", text[1 + len]))
			reportadd(p->r, p->file, line,
				  "$(%.*s) has no place in a recipe: it is data", (int)len,
				  text + 1);
	}
}

/* Remove a comment, which starts with a '#' that is not escaped by a backslash. */
static void cutcomment(char *s)
{
	for (size_t i = 0; s[i]; i++) {
		if (s[i] == '#' && (i == 0 || s[i - 1] != '\\')) {
			s[i] = '\0';
			return;
		}
	}
}

/* Return the length of the assignment operator at s; 0 if there is none. */
static size_t operatorlen(const char *s)
{
	size_t len = strspn(s, ":");

	if (len == 0 && *s && strchr("+?!", *s))
		len = 1;
	return s[len] == '=' ? len + 1 : 0;
}

static void readassign(struct parser *p, const char *s)
{
	size_t len = strcspn(s, " \t:=+?!");
	const char *op = skipblank(s + len);
	size_t oplen = operatorlen(op);
	char *value;

	if (oplen == 0 || len == 0) {
		reportadd(p->r, p->file, p->l.number,
			  strchr(s, ':') ? "a rule has no place in a recipe: write a define"
					 : "neither an assignment, nor a define, ifeq or comment");
		return;
	}
	if (*op == '!')
		reportadd(p->r, p->file, p->l.number, "'!=' runs a command: a recipe is data");
	value = xstrdup(skipblank(op + oplen));
	checkcalls(p, value, p->l.number);
	varadd(p->m, xstrndup(s, len), value, p->l.number, false);
}

static void readdefine(struct parser *p, const char *s)
{
	size_t start = p->l.number;
	size_t len = strcspn(s, " \t:=+?!");
	char *name = xstrndup(s, len);
	struct buf body = { 0 };
	bool ended = false;

	s = skipblank(s + len);
	if (!*name || (*s && (operatorlen(s) == 0 || *skipblank(s + operatorlen(s)))))
		reportadd(p->r, p->file, start, "not a define that make understands");
	while (!ended && linenext(&p->l)) {
		const char *line = skipblank(p->l.buf.data);

		ended = wordis(line, "endef");
		if (wordis(line, "define"))
			reportadd(p->r, p->file, p->l.number, "a define within a define");
		if (!ended)
			bufprintf(&body, "%s\n", p->l.buf.data);
	}
	if (!ended)
		reportadd(p->r, p->file, start, "this define has no endef");
	checkcalls(p, bufstr(&body), start + 1);
	varadd(p->m, name, bufsteal(&body), start, true);
}

/* Parse a conditional. Returns whether s is one. */
static bool readcondition(struct parser *p, const char *s)
{
	if (wordis(s, "ifeq") || wordis(s, "ifneq") || wordis(s, "ifdef") || wordis(s, "ifndef")) {
		p->depth++;
		if (startswith(s, "ifd") || startswith(s, "ifnd"))
			reportadd(p->r, p->file, p->l.number,
				  "write ifeq or ifneq: a name can be defined and empty");
		checkcalls(p, s, p->l.number);
		return true;
	}
	if (wordis(s, "else")) {
		if (p->depth == 0)
			reportadd(p->r, p->file, p->l.number, "else without ifeq");
		checkcalls(p, s, p->l.number);
		return true;
	}
	if (wordis(s, "endif")) {
		if (p->depth == 0)
			reportadd(p->r, p->file, p->l.number, "endif without ifeq");
		else
			p->depth--;
		return true;
	}
	return false;
}

static void readline(struct parser *p, const char *s)
{
	static const char *const refused[] = { "include",  "-include", "sinclude", "export",
					       "unexport", "override", "undefine", "vpath",
					       "private",  "load",     "-load",	   "endef",
					       NULL };

	if (readcondition(p, s))
		return;
	if (wordis(s, "define"))
		readdefine(p, skipblank(s + strlen("define")));
	else if (tablehas(refused, s, wordlen(s)))
		reportadd(p->r, p->file, p->l.number, "%.*s has no place in a recipe",
			  (int)wordlen(s), s);
	else
		readassign(p, s);
}

void mkparse(struct mkfile *m, const char *file, const char *text, struct report *r)
{
	struct parser p = { .m = m, .file = file, .r = r, .l = { .next = text } };

	while (linejoin(&p.l)) {
		bool tab = p.l.buf.len && p.l.buf.data[0] == '\t';
		char *line;

		cutcomment(p.l.buf.data);
		trimright(p.l.buf.data);
		line = skipblank(p.l.buf.data);
		if (!*line)
			continue;
		if (tab)
			reportadd(r, file, p.l.number,
				  "a line that begins with a tab is a command: write a define");
		else
			readline(&p, line);
	}
	if (p.depth)
		reportadd(r, file, p.l.taken ? p.l.taken : 1, "an ifeq has no endif");
	buffree(&p.l.buf);
}

void mkfree(struct mkfile *m)
{
	for (size_t i = 0; i < m->len; i++) {
		free(m->var[i].name);
		free(m->var[i].value);
	}
	free(m->var);
	*m = (struct mkfile){ 0 };
}

const struct mkvar *mkfind(const struct mkfile *m, const char *name)
{
	for (size_t i = 0; i < m->len; i++) {
		if (strcmp(m->var[i].name, name) == 0)
			return &m->var[i];
	}
	return NULL;
}
