// SPDX-License-Identifier: GPL-2.0-or-later
#include "entry.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/digest.h"
#include "base/url.h"
#include "base/visible.h"

bool entryaccepts(const struct entry *e, const char *sum)
{
	return listhas(&e->sums, sum);
}

static void entryfree(struct entry *e)
{
	free(e->path);
	listfree(&e->sums);
	listfree(&e->urls);
	listfree(&e->pools);
}

void entriesfree(struct entries *l)
{
	for (size_t i = 0; i < l->len; i++)
		entryfree(&l->item[i]);
	free(l->item);
	*l = (struct entries){ 0 };
}

/* Return what is wrong with a relative path, or NULL. */
static const char *patherror(const char *path)
{
	if (!*path)
		return "is empty";
	if (!isvisible(path) || strpbrk(path, "\\\t"))
		return "has a backslash, a control character or invalid UTF-8";
	for (const char *p = path;; p++) {
		size_t n = strcspn(p, "/");

		if (n == 0 || (n == 1 && p[0] == '.') || (n == 2 && p[0] == '.' && p[1] == '.'))
			return "must be relative, without empty parts, '.' and '..'";
		p += n;
		if (!*p)
			return NULL;
	}
}

/* Reject names with a special meaning for fetch. Returns what is wrong, or NULL. */
static const char *nameerror(const char *path)
{
	static const char *const taken[] = { ".part", ".lock", ".damaged" };

	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++) {
		if (endswith(path, taken[i]))
			return "must not end in .part, .lock or .damaged";
	}
	if (strcmp(path, "SHA256SUMS") == 0)
		return "is reserved for the list of digests";
	return patherror(path);
}

static struct entry *entriesadd(struct entries *l)
{
	if (l->len == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 16;
		l->item = xrealloc(l->item, l->cap * sizeof(*l->item));
	}
	l->item[l->len] = (struct entry){ 0 };
	return &l->item[l->len++];
}

static bool samesums(const struct entry *a, const struct entry *b)
{
	for (size_t i = 0; i < a->sums.len; i++) {
		if (!entryaccepts(b, a->sums.item[i]))
			return false;
	}
	return a->sums.len == b->sums.len;
}

/*
 * Check the last entry, now complete; drop it if it repeats an earlier one. Returns an error or
 * NULL.
 */
static char *entryclose(const char *name, struct entries *l)
{
	struct entry *e;

	if (!l->len)
		return NULL;
	e = &l->item[l->len - 1];
	if (!e->sums.len)
		return xasprintf("%s:%u: file %s has no sha256: nothing is fetched unverified",
				 name, e->line, e->path);
	for (struct entry *o = l->item; o < e; o++) {
		if (strcmp(o->path, e->path) != 0)
			continue;
		if (!samesums(o, e))
			return xasprintf("%s:%u: file %s is also at line %u, with other digests",
					 name, e->line, e->path, o->line);
		entryfree(e);
		l->len--;
		break;
	}
	return NULL;
}

/* Set one value of e. Returns what is wrong with it, or NULL. */
static const char *entryset(struct entry *e, const char *word, const char *value)
{
	const char *wrong;

	if (strcmp(word, "sha256") == 0) {
		wrong = digestvalid(value) ? NULL : "is not 64 lower-case hex digits";
		if (!wrong && !entryaccepts(e, value))
			listadd(&e->sums, value);
	} else if (strcmp(word, "url") == 0) {
		wrong = urlerror(value);
		if (!wrong)
			listadd(&e->urls, value);
	} else {
		wrong = patherror(value);
		if (!wrong)
			listadd(&e->pools, value);
	}
	return wrong;
}

/* Parse one line, trimmed and not blank: a word and its value. Returns an error or NULL. */
static char *lineparse(const char *name, unsigned line, char *text, struct entries *l)
{
	char *value = text + strcspn(text, " \t");
	const char *wrong;

	if (*value)
		*value++ = '\0';
	value += strspn(value, " \t");
	if (strcmp(text, "file") == 0) {
		char *error = entryclose(name, l);
		struct entry *e;

		if (error)
			return error;
		wrong = nameerror(value);
		if (!wrong) {
			e = entriesadd(l);
			e->path = xstrdup(value);
			e->line = line;
		}
	} else if (strcmp(text, "sha256") && strcmp(text, "url") && strcmp(text, "pool")) {
		return xasprintf("%s:%u: unknown word '%s': expected file, sha256, url or pool",
				 name, line, text);
	} else if (!l->len) {
		return xasprintf("%s:%u: '%s' before the first 'file'", name, line, text);
	} else {
		wrong = entryset(&l->item[l->len - 1], text, value);
	}
	/* The value itself is not shown: it may be a URL with a password. */
	return wrong ? xasprintf("%s:%u: this %s %s", name, line, text, wrong) : NULL;
}

int entriesparse(const char *name, const char *text, size_t len, struct entries *out, char **error)
{
	const char *end = text + len;
	unsigned line = 0;

	*error = NULL;
	while (text < end && !*error) {
		const char *eol = memchr(text, '\n', (size_t)(end - text));
		const char *last = eol ? eol : end;
		const char *next = eol ? eol + 1 : end;
		char *copy;

		line++;
		while (text < last && isspace((unsigned char)*text))
			text++;
		while (last > text && isspace((unsigned char)last[-1]))
			last--;
		copy = xstrndup(text, (size_t)(last - text));
		if (strlen(copy) != (size_t)(last - text))
			*error = xasprintf("%s:%u: NUL byte: not a text file", name, line);
		else if (*copy && *copy != '#')
			*error = lineparse(name, line, copy, out);
		free(copy);
		text = next;
	}
	if (!*error)
		*error = entryclose(name, out);
	return *error ? -1 : 0;
}
