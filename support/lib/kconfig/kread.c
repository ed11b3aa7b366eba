// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconfig/kread.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/affix.h"
#include "fs/file.h"
#include "kconfig/expr.h"
#include "kconfig/kline.h"

/* Stop with an error at l (NULL: in the first file). Returns -1. */
static int __attribute__((format(printf, 3, 4)))
stop(struct kread *r, const struct klines *l, const char *fmt, ...)
{
	struct buf why = { 0 };
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	if (l)
		bufprintf(&why, "%s:%u: ", l->file, l->start);
	bufputs(&why, text ? text : fmt);
	free(text);
	free(r->why);
	r->why = bufsteal(&why);
	return -1;
}

/* Return text with the known variables expanded. It lives as long as k. */
static char *expand(struct kconfig *k, const char *text)
{
	struct buf out = { 0 };

	while (*text) {
		bool paren = text[0] == '$' && text[1] == '(';
		const char *name = text + 1 + paren, *value = NULL;
		size_t len = 0;

		while (*text == '$' && (isalnum((unsigned char)name[len]) || name[len] == '_'))
			len++;
		if (len)
			value = kvariable(k, name, len);
		if (value && (!paren || name[len] == ')')) {
			bufputs(&out, value);
			text = name + len + paren;
		} else {
			bufputc(&out, *text++);
		}
	}
	return ktextkeep(k, bufsteal(&out));
}

/* Return path with its last component replaced by name. Caller frees. */
static char *sibling(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return xasprintf("%.*s%s", slash ? (int)(slash + 1 - path) : 0, path, name);
}

static int kreadfile(struct kread *r, const char *path, const struct klines *l);

static void sourceread(struct kread *r, const struct klines *l, const char *arg, int relative)
{
	char *name = xstrndup(arg, (size_t)(wordend(arg) - arg)), *path;
	size_t len = strlen(name);

	if (len >= 2 && (*name == '"' || *name == '\'')) {
		name[len - 1] = '\0';
		memmove(name, name + 1, len - 1);
	}
	path = expand(r->k, name);
	free(name);
	name = relative ? sibling(l->file, path) : xstrdup(path);
	r->current = NULL;
	if (r->tree && kreadfile(r, name, l) < 0 && !r->why)
		listadd(&r->k->lost, name);
	free(name);
}

/* Start an entry. A block contains what follows, up to its end statement. */
static void entrystart(struct kread *r, const struct klines *l, enum kentrykind kind, int isblock)
{
	struct kentry *e = kentryadd(r->k, kind);
	unsigned blocks = 0;

	e->file = l->file;
	e->line = l->start;
	e->parent = r->block;
	r->current = e;
	if (!isblock)
		return;
	r->block = e;
	for (; e; e = e->parent)
		blocks++;
	if (blocks > KREAD_BLOCKS)
		stop(r, l, "more than %d blocks are in each other", KREAD_BLOCKS);
}

/* Parse a statement other than an attribute. Returns 0 if it is not a known one. */
static bool blockstatement(struct kread *r, struct klines *l, const char *word, char *arg)
{
	if (strcmp(word, "config") == 0 || strcmp(word, "menuconfig") == 0) {
		entrystart(r, l, KENTRY_CONFIG, 0);
		arg[wordend(arg) - arg] = '\0';
		kentryname(r->k, r->current, arg);
	} else if (strcmp(word, "choice") == 0) {
		entrystart(r, l, KENTRY_CHOICE, 1);
	} else if (strcmp(word, "menu") == 0) {
		entrystart(r, l, KENTRY_MENU, 1);
	} else if (strcmp(word, "comment") == 0) {
		entrystart(r, l, KENTRY_COMMENT, 0);
	} else if (strcmp(word, "if") == 0) {
		entrystart(r, l, KENTRY_IF, 1);
		kattradd(r->current, KATTR_DEPENDS, expand(r->k, arg), l->start);
		r->current = NULL;
	} else if (strcmp(word, "endchoice") == 0 || strcmp(word, "endmenu") == 0 ||
		   strcmp(word, "endif") == 0) {
		r->block = r->block ? r->block->parent : NULL;
		r->current = NULL;
	} else if (strcmp(word, "source") == 0 || strcmp(word, "osource") == 0) {
		sourceread(r, l, arg, 0);
	} else if (strcmp(word, "rsource") == 0 || strcmp(word, "orsource") == 0) {
		sourceread(r, l, arg, 1);
	} else {
		return false;
	}
	return true;
}

static void attribute(struct kread *r, const struct klines *l, const char *word, char *arg)
{
	static const struct {
		const char *word, *skip; /* the keyword; the text before its argument, or "" */
		enum kattrkind kind;
		enum ktype type; /* the type that it also sets, or KTYPE_UNKNOWN */
	} row[] = {
		{ "depends", "on", KATTR_DEPENDS, KTYPE_UNKNOWN },
		{ "visible", "if", KATTR_VISIBLE, KTYPE_UNKNOWN },
		{ "prompt", "", KATTR_PROMPT, KTYPE_UNKNOWN },
		{ "default", "", KATTR_DEFAULT, KTYPE_UNKNOWN },
		{ "select", "", KATTR_SELECT, KTYPE_UNKNOWN },
		{ "range", "", KATTR_RANGE, KTYPE_UNKNOWN },
		{ "def_bool", "", KATTR_DEFAULT, KTYPE_BOOL },
		{ "def_tristate", "", KATTR_DEFAULT, KTYPE_TRISTATE },
		{ "bool", "", KATTR_PROMPT, KTYPE_BOOL },
		{ "boolean", "", KATTR_PROMPT, KTYPE_BOOL },
		{ "tristate", "", KATTR_PROMPT, KTYPE_TRISTATE },
		{ "string", "", KATTR_PROMPT, KTYPE_STRING },
		{ "int", "", KATTR_PROMPT, KTYPE_INT },
		{ "hex", "", KATTR_PROMPT, KTYPE_HEX },
	};

	for (size_t i = 0; r->current && i < sizeof(row) / sizeof(*row); i++) {
		size_t skip = strlen(row[i].skip);

		if (strcmp(word, row[i].word) != 0 || strncmp(arg, row[i].skip, skip) != 0)
			continue;
		arg += skip;
		arg += strspn(arg, " \t");
		if (row[i].type)
			r->current->type = row[i].type;
		if (*arg)
			kattradd(r->current, row[i].kind,
				 strchr(arg, '$') ? expand(r->k, arg) : arg, l->start);
		return;
	}
}

static void insertread(struct kread *r, const struct klines *l);

/* Read the help text of the current entry. */
static struct khelp helpread(struct kread *r, struct klines *l)
{
	struct buf text = { 0 };
	struct khelp help = klinehelp(l, r->k->keephelp ? &text : NULL);

	if (r->current && help.line && r->k->keephelp)
		r->current->help = ktextkeep(r->k, bufsteal(&text));
	buffree(&text);
	return help;
}

static void statement(struct kread *r, struct klines *l, char *word)
{
	struct kstatement s = { .text = word, .line = l->start, .column = l->column };
	size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz_-");
	char *arg = word + len + strspn(word + len, " \t");
	bool isvariable = *arg && strchr("=:+", *arg);
	bool ishelp = !isvariable && ((len == 4 && memcmp(word, "help", 4) == 0) ||
				      (len == 10 && memcmp(word, "---help---", 10) == 0));

	if (ishelp)
		s.help = helpread(r, l);
	if (r->k->each)
		r->k->each(r->k->arg, &s);
	if (!len && r->tree && strcmp(word, "INSERT") == 0 && endswith(l->file, "Config.src"))
		insertread(r, l);
	if (!len || isvariable || ishelp)
		return;
	if (word[len])
		word[len] = '\0';
	if (!blockstatement(r, l, word, arg))
		attribute(r, l, word, arg);
}

/* Parse text as the file of that name. k takes ownership of text. */
static void textread(struct kread *r, const char *path, struct buf *text, const char *prefix)
{
	struct klines l = { .prefix = prefix };
	struct kentry *block = r->block;
	char *line;

	l.end = text->data ? text->data + strlen(text->data) : NULL;
	l.next = ktextkeep(r->k, bufsteal(text));
	if (!l.end)
		return;
	listadd(&r->k->names, path);
	l.file = r->k->names.item[r->k->names.len - 1];
	r->current = NULL;
	while (!r->why && (line = klinenext(&l)))
		statement(r, &l, line);
	r->block = block; /* close the blocks that the file left open */
	r->current = NULL;
}

/*
 * Read the file at path, relative to the tree, which l sources (NULL: it is the first file). Sets
 * *st to its status. Returns 0, or -1 with errno or r->why set.
 */
static int textopen(struct kread *r, const struct klines *l, const char *path, struct buf *text,
		    struct stat *st)
{
	char *full = *path == '/' ? xstrdup(path) : pathjoin(r->tree, path);
	int ret = stat(full, st);

	if (ret < 0 && errno == ENOENT && r->k->generated) {
		free(full);
		full = pathjoin(r->k->generated, path);
		ret = stat(full, st);
	}
	if (ret == 0 && !S_ISREG(st->st_mode)) { /* other types may never end */
		errno = S_ISDIR(st->st_mode) ? EISDIR : EINVAL;
		ret = -1;
	}
	if (ret == 0) {
		r->files++;
		r->bytes += (size_t)st->st_size;
		if (r->files > KREAD_FILES)
			ret = stop(r, l, "more than %d files are sourced up to here", KREAD_FILES);
		else if (st->st_size > KREAD_BYTES || r->bytes > KREAD_BYTES)
			ret = stop(r, l, "the files up to here have more than %d MiB",
				   KREAD_BYTES >> 20);
		else
			ret = fileread(full, text);
	}
	free(full);
	return ret;
}

/*
 * BusyBox: the line INSERT of Config.src stands for the "//config:..." lines of the C files in its
 * directory. The build of BusyBox generates Config.in from them. This reads a tree that was not
 * built.
 */
static void insertread(struct kread *r, const struct klines *l)
{
	struct strlist names = { 0 };
	char *dir = sibling(l->file, ""), *full = pathjoin(r->tree, dir);

	if (dirlist(full, &names) < 0)
		listadd(&r->k->lost, dir);
	free(full);
	for (size_t i = 0; !r->why && i < names.len; i++) {
		struct buf text = { 0 };
		struct stat st;
		char *file = sibling(l->file, names.item[i]);

		if (endswith(file, ".c") && textopen(r, l, file, &text, &st) == 0)
			textread(r, file, &text, "//config:");
		buffree(&text);
		free(file);
	}
	free(dir);
	listfree(&names);
}

/*
 * Record that the file is being read. Returns 0, or -1 with r->why set if files are nested too deep
 * or in a cycle.
 */
static int enter(struct kread *r, const struct klines *l, const struct stat *st)
{
	/* Compare device and inode: the name may differ each time, as in x/../Kconfig. */
	for (size_t i = 0; i < r->depth; i++) {
		if (r->open[i].dev == st->st_dev && r->open[i].ino == st->st_ino)
			return stop(r, l,
				    "this sources a file that sources this one: take out the loop");
	}
	if (r->depth == KREAD_DEPTH)
		return stop(r, l, "more than %d files source each other", KREAD_DEPTH);
	r->open[r->depth++] = (struct kopen){ st->st_dev, st->st_ino };
	return 0;
}

static int kreadfile(struct kread *r, const char *path, const struct klines *l)
{
	struct buf text = { 0 };
	struct stat st;
	char *name = xstrdup(path);
	int ret = textopen(r, l, name, &text, &st);

	if (ret < 0 && !r->why && endswith(path, "Config.in")) {
		free(name);
		name = sibling(path, "Config.src");
		ret = textopen(r, l, name, &text, &st);
	}
	if (ret == 0)
		ret = enter(r, l, &st);
	if (ret == 0) {
		textread(r, name, &text, NULL);
		r->depth--;
		ret = r->why ? -1 : 0;
	}
	buffree(&text);
	free(name);
	return ret;
}

int kreadtree(struct kread *r, const char *path)
{
	return kreadfile(r, path, NULL);
}

void kreadtext(struct kread *r, const char *path, const char *text)
{
	struct buf copy = { 0 };

	bufputs(&copy, text);
	textread(r, path, &copy, NULL);
}
