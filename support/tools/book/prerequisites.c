// SPDX-License-Identifier: GPL-2.0-or-later
#include "prerequisites.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/shellword.h"
#include "fs/file.h"
#include "inline.h"

/* Add each path in text that is in double quotes after mark, which ends in its prefix. */
static void addmarked(struct strlist *l, const char *text, const char *mark, const char *front)
{
	for (const char *s = text; (s = strstr(s, mark)); s++) {
		const char *path = s + strlen(mark);
		size_t len = strcspn(path, "\"\n");
		char *word = xasprintf("%s%.*s", front, (int)len, path);

		if (path[len] == '"' && len)
			listaddonce(l, word);
		free(word);
	}
}

/* Add the files that a step's script in dir uses: of the tree and, if outside, absolute paths. */
static void addscript(struct strlist *l, const char *dir, const char *step, bool outside)
{
	char *path = xasprintf("%s/%s.sh", dir, step);
	struct buf text = { 0 };

	if (fileread(path, &text) == 0) {
		addmarked(l, bufstr(&text), "\"$TOP/", "");
		if (outside)
			addmarked(l, bufstr(&text), "=\"/", "/");
	}
	buffree(&text);
	free(path);
}

/* Patches with absolute paths are in the book itself; source directories are not. */
static void addpackage(struct strlist *l, const struct package *p)
{
	static const char *const step[] = { "unpack", "configure", "build", "install" };

	if (p->local)
		listaddonce(l, p->local);
	for (size_t i = 0; i < p->patch.len; i++) {
		if (*p->patch.item[i] != '/')
			listaddonce(l, p->patch.item[i]);
	}
	for (size_t i = 0; i < p->copy.len; i++) {
		if (*p->copy.item[i].value != '/')
			listaddonce(l, p->copy.item[i].value);
	}
	for (size_t i = 0; i < sizeof(step) / sizeof(*step); i++)
		addscript(l, p->dir, step[i], false);
}

static void addtools(struct strlist *l, const struct book *b)
{
	listadd(l, "support/arch");
	listadd(l, "support/lib");
	for (size_t i = 0; i < b->tool.len; i++) {
		char *dir = xasprintf("support/tools/%s", b->tool.item[i].name);

		listaddonce(l, dir);
		free(dir);
	}
}

/* Add a row, unless l is empty; add l to all. */
static void addrow(struct node *table, struct strlist *all, const char *who, struct strlist *l)
{
	struct buf s = { 0 };

	for (size_t i = 0; i < l->len; i++) {
		bufprintf(&s, "%s" CODE("%s"), i ? ", " : "", l->item[i]);
		listaddonce(all, l->item[i]);
	}
	if (l->len)
		docrow(table, who, bufstr(&s), NULL);
	buffree(&s);
	listfree(l);
}

/* Append path as a word of a shell command. */
static void putword(struct buf *out, const char *path)
{
	const char *s = path;

	while (isalnum((unsigned char)*s) || (*s && strchr("/._+-", *s)))
		s++;
	if (*s) {
		bufputc(out, '"');
		shellquoted(out, path);
		bufputc(out, '"');
	} else {
		bufputs(out, path);
	}
}

static void copycommand(struct doc *d, const struct strlist *all)
{
	struct buf out = { 0 };

	bufputs(&out, "mkdir -p ~/for-the-book\ntar -C ~/whittle -cf - \\\n");
	for (size_t i = 0; i < all->len; i++) {
		if (*all->item[i] == '/')
			continue;
		bufputc(&out, '\t');
		putword(&out, all->item[i]);
		bufputs(&out, " \\\n");
	}
	bufputs(&out, "\t| tar -C ~/for-the-book -xf -\n");
	docadd(d, SHOW, "%s", bufstr(&out));
	buffree(&out);
}

int treetable(struct doc *d, struct book *b, char **why)
{
	struct strlist l = { 0 }, all = { 0 };
	struct node *t = doctable(d, true);

	(void)why;
	docrow(t, "Used by", "Files and directories", NULL);
	addtools(&l, b);
	addrow(t, &all, LINK("#book-tools", "helper programs"), &l);
	for (size_t i = 0; i < b->len; i++) {
		const struct package *p = b->package[i];
		char *who = xasprintf(LINK("#%s", "%s"), p->name, p->name);

		addpackage(&l, p);
		addrow(t, &all, who, &l);
		free(who);
	}
	addscript(&l, b->rootfs, "install", true);
	addrow(t, &all, LINK("#book-rootfs", "root filesystem"), &l);
	docadd(d, PARA,
	       "Names without a slash in front are below the Whittle tree. To have them without the "
	       "rest, copy them, and set " CODE("TOP=~/for-the-book") " where the book says so:");
	copycommand(d, &all);
	listfree(&all);
	return 0;
}
