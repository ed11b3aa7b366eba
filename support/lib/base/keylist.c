// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/keylist.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/pairs.h"
#include "fs/file.h"

/* Split "NAME REST" in place. REST is "" if there is none. */
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

static const char *fieldput(const struct key *k, void *field, char *value)
{
	char **string = field;
	char *rest;

	switch (k->form) {
	case KEY_STRING:
		if (*string)
			return "it has this key already";
		*string = xstrdup(value);
		break;
	case KEY_DIGESTS:
		if (!digestvalid(value))
			return "not a sha256: 64 lower-case hex digits are";
		listadd(field, value);
		break;
	case KEY_LIST:
		listadd(field, value);
		break;
	case KEY_WORDS:
		addwords(field, value);
		break;
	case KEY_PAIRS:
	case KEY_SETTINGS:
		rest = cutword(value);
		if (!*rest && k->form == KEY_PAIRS)
			return "it wants NAME PATH";
		pairadd(field, value, rest);
		break;
	}
	return NULL;
}

bool keyput(const struct key *keys, void *into, const char *key, char *value, const char **bad)
{
	for (const struct key *k = keys; k->name; k++) {
		if (strcmp(k->name, key) == 0) {
			*bad = fieldput(k, (char *)into + k->offset, value);
			return true;
		}
	}
	return false;
}

/* Store one line. *package is the struct of the package that it belongs to, or NULL. */
static const char *lineput(const struct keylist *l, void **package, const char *key, char *value)
{
	const char *bad = NULL;

	if (l->each && strcmp(key, "package") == 0) {
		*package = l->begin(l->into, value);
		return *package ? NULL : "this package is listed twice";
	}
	if (keyput(l->whole, l->into, key, value, &bad) ||
	    (*package && keyput(l->each, *package, key, value, &bad)))
		return bad;
	return l->each && !*package ? "unknown key, or one of a package: begin with 'package NAME'"
				    : "unknown key";
}

void keysfree(const struct key *keys, void *of)
{
	for (const struct key *k = keys; k->name; k++) {
		void *field = (char *)of + k->offset;

		if (k->form == KEY_STRING)
			free(*(char **)field);
		else if (k->form == KEY_PAIRS || k->form == KEY_SETTINGS)
			pairsfree(field);
		else
			listfree(field);
	}
}

int keylistparse(const struct keylist *l, const char *path, char *text, char **why)
{
	void *package = NULL;
	long number = 0;
	char *line;

	*why = NULL;
	while (!*why && text && (line = strsep(&text, "\n"))) {
		const char *bad = NULL;
		char *value;

		number++;
		for (const char *s = line; *s; s++) {
			if ((unsigned char)*s < ' ')
				bad = "a control character";
		}
		value = cutword(line);
		if (!bad && *line && *value)
			bad = lineput(l, &package, line, value);
		if (bad)
			*why = xasprintf("%s:%ld: %s: %s", path, number, line, bad);
	}
	return *why ? -1 : 0;
}

int keylistread(const struct keylist *l, const char *path, char **why)
{
	struct buf text = { 0 };
	int ret = -1;

	if (fileread(path, &text) < 0)
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
	else
		ret = keylistparse(l, path, text.data, why);
	buffree(&text);
	return ret;
}
