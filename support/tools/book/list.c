// SPDX-License-Identifier: GPL-2.0-or-later
#include "list.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "file.h"

/* Where a key's value goes, in struct package. */
enum form { STRING, LIST, WORDS, PAIR };

static const struct key {
	const char *name;
	enum form form;
	size_t offset;
} keys[] = {
	{ "symbol", STRING, offsetof(struct package, symbol) },
	{ "kconfig", STRING, offsetof(struct package, kconfig) },
	{ "recipe", STRING, offsetof(struct package, recipe) },
	{ "version", STRING, offsetof(struct package, version) },
	{ "license", STRING, offsetof(struct package, license) },
	{ "mode", STRING, offsetof(struct package, mode) },
	{ "type", STRING, offsetof(struct package, type) },
	{ "base", STRING, offsetof(struct package, base) },
	{ "dir", STRING, offsetof(struct package, dir) },
	{ "source", STRING, offsetof(struct package, source) },
	{ "git-url", STRING, offsetof(struct package, giturl) },
	{ "git-commit", STRING, offsetof(struct package, gitcommit) },
	{ "owner", STRING, offsetof(struct package, owner) },
	{ "local", STRING, offsetof(struct package, local) },
	{ "url", LIST, offsetof(struct package, url) },
	{ "sha256", LIST, offsetof(struct package, digest) },
	{ "patch", LIST, offsetof(struct package, patch) },
	{ "copy", PAIR, offsetof(struct package, copy) },
	{ "embed", PAIR, offsetof(struct package, embed) },
	{ "depends", WORDS, offsetof(struct package, depends) },
};

/* Split "NAME REST" in place; REST is "" when there is none. */
static char *cutword(char *s)
{
	char *rest = s + strcspn(s, " ");

	if (*rest)
		*rest++ = '\0';
	return rest + strspn(rest, " ");
}

static void addwords(struct strlist *l, char *words)
{
	char *word;

	while ((word = strsep(&words, " "))) {
		if (*word)
			listadd(l, word);
	}
}

/* Put value under the package's key. Returns what is wrong with it, or NULL. */
static const char *putkey(struct package *p, const struct key *k, char *value)
{
	void *at = (char *)p + k->offset;
	char *rest;

	if (k->form == STRING) {
		char **string = at;

		if (*string)
			return "the package has this key already";
		*string = xstrdup(value);
	} else if (k->form == LIST) {
		if (strcmp(k->name, "sha256") == 0 && !digestvalid(value))
			return "not a sha256: 64 lower-case hex digits are";
		listadd(at, value);
	} else if (k->form == WORDS) {
		addwords(at, value);
	} else {
		rest = cutword(value);
		if (!*rest)
			return "it wants NAME PATH";
		pairadd(at, value, rest);
	}
	return NULL;
}

static const char *putpackage(struct book *b, const char *name)
{
	struct package *p;

	if (packagefind(b, name))
		return "this package was there already";
	p = xcalloc(1, sizeof(*p));
	p->name = xstrdup(name);
	p->seconds = -1;
	b->package = xrealloc(b->package, (b->len + 1) * sizeof(*b->package));
	b->package[b->len++] = p;
	return NULL;
}

/* The string of the book that a key names, or NULL. */
static char **bookstring(struct book *b, const char *key)
{
	if (strcmp(key, "unit") == 0)
		return &b->unit;
	if (strcmp(key, "rootfs") == 0)
		return &b->rootfs;
	if (strcmp(key, "manifest") == 0)
		return &b->manifest;
	return strcmp(key, "needs") == 0 ? &b->needs : NULL;
}

/* A key of the book itself. Returns what is wrong with it, or NULL; *known: it is one. */
static const char *putbook(struct book *b, const char *key, char *value, int *known)
{
	char **string = bookstring(b, key);
	char *rest;

	*known = 1;
	if (strcmp(key, "package") == 0)
		return putpackage(b, value);
	if (string) {
		if (*string)
			return "there is one already";
		*string = xstrdup(value);
	} else if (strcmp(key, "lib") == 0) {
		addwords(&b->lib, value);
	} else if (strcmp(key, "needless") == 0) {
		listadd(&b->needless, value);
	} else if (strcmp(key, "set") == 0 || strcmp(key, "tool") == 0) {
		rest = cutword(value);
		pairadd(*key == 's' ? &b->set : &b->tool, value, rest);
	} else {
		*known = 0;
	}
	return NULL;
}

static const char *putline(struct book *b, char *line)
{
	const char *bad;
	char *value;
	int known;

	for (const char *s = line; *s; s++) {
		if ((unsigned char)*s < ' ')
			return "a control character";
	}
	value = cutword(line);
	if (!*line || !*value)
		return NULL;
	bad = putbook(b, line, value, &known);
	if (known)
		return bad;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		if (strcmp(line, keys[i].name) == 0)
			return b->len ? putkey(b->package[b->len - 1], &keys[i], value)
				      : "it belongs to a package: begin with 'package NAME'";
	}
	return "there is no such key";
}

/* What each package must have. Returns the key that one lacks, with its name, or NULL. */
static const char *lacking(const struct book *b, const struct package **who)
{
	for (size_t i = 0; i < b->len; i++) {
		const struct package *p = b->package[i];

		*who = p;
		if (!p->dir)
			return "dir";
		if (p->owner && !packagefind(b, p->owner))
			return p->owner;
		for (size_t k = 0; k < p->depends.len; k++) {
			if (!packagefind(b, p->depends.item[k]))
				return p->depends.item[k];
		}
	}
	return NULL;
}

int listread(struct book *b, const char *path, char **why)
{
	struct buf text = { 0 };
	const struct package *who;
	const char *bad = NULL;
	long number = 0;
	char *p, *line;

	*why = NULL;
	if (fileread(path, &text) < 0) {
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
		return -1;
	}
	p = text.data;
	while (!*why && p && (line = strsep(&p, "\n"))) {
		number++;
		bad = putline(b, line);
		if (bad)
			*why = xasprintf("%s:%ld: %s: %s", path, number, line, bad);
	}
	if (!*why && !(b->rootfs && b->manifest))
		*why = xasprintf("%s: there is no rootfs or no manifest in it", path);
	if (!*why && !b->len)
		*why = xasprintf("%s: there is no package in it", path);
	if (!*why && (bad = lacking(b, &who)))
		*why = xasprintf("%s: package %s lacks %s", path, who->name, bad);
	buffree(&text);
	return *why ? -1 : 0;
}
