// SPDX-License-Identifier: GPL-2.0-or-later
#include "line.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "node.h"

#define OWNER_MAX 4294967294 /* the next number means "do not change" to chown */

void lineerror(struct line *l, const char *fmt, ...)
{
	int err = errno;
	size_t len = strlen(fmt);
	char *text;
	va_list ap;

	l->bad = true;
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	errno = err;
	if (fmt[len - 1] == ':')
		problemadd(l->problems, "%s: %s %s", l->where, text ? text : fmt, strerror(err));
	else
		problemadd(l->problems, "%s: %s", l->where, text ? text : fmt);
	free(text);
}

const char *lineextra(struct line *l, bool expand)
{
	char *word = l->bad ? NULL : wordnext(&l->words, expand);

	if (!l->bad && l->words.reason.len)
		lineerror(l, "%s", bufstr(&l->words.reason));
	if (!word)
		return NULL;
	listadd(&l->held, word);
	free(word);
	return l->held.item[l->held.len - 1];
}

const char *lineword(struct line *l, const char *what, bool expand)
{
	const char *word = lineextra(l, expand);

	if (!l->bad && !word)
		lineerror(l, "the %s is missing: 'mkinitramfs --help' shows what the line needs",
			  what);
	return word;
}

const char *linepath(struct line *l)
{
	const char *word = lineword(l, "NAME", false);
	char *path = word ? pathclean(word) : NULL;

	if (word && !path)
		lineerror(l, "%s: a name cannot have '..' in it", word);
	if (!path)
		return NULL;
	listadd(&l->held, path);
	free(path);
	return l->held.item[l->held.len - 1];
}

uint32_t linenumber(struct line *l, const char *what, unsigned base, uint32_t max)
{
	const char *word = lineword(l, what, false);
	bool good = word && *word;
	uint64_t value = 0;

	for (const char *p = word; good && *p; p++) {
		unsigned digit = (unsigned)(unsigned char)*p - '0';

		value = value * base + digit;
		good = digit < base && value <= max;
	}
	if (good)
		return (uint32_t)value;
	if (word && base == 8)
		lineerror(l, "the %s is '%s': give an octal number up to %o", what, word, max);
	else if (word)
		lineerror(l, "the %s is '%s': give a number up to %u", what, word, max);
	return 0;
}

uint32_t linemode(struct line *l)
{
	return linenumber(l, "MODE", 8, S_IFMT | 07777);
}

uint32_t linetyped(struct line *l, uint32_t mode, uint32_t type)
{
	if (!l->bad && (mode & S_IFMT) && (mode & S_IFMT) != type)
		lineerror(l, "the MODE %o is not that of a %s: give an octal number up to 7777",
			  mode, typename(type));
	return (mode & 07777) | type;
}

void lineowner(struct line *l, uint32_t *uid, uint32_t *gid)
{
	*uid = linenumber(l, "UID", 10, OWNER_MAX);
	*gid = linenumber(l, "GID", 10, OWNER_MAX);
}

bool linecomment(const struct line *l, const char *word)
{
	return *word == '#' && !l->words.quoted;
}

void lineend(struct line *l)
{
	const char *word = lineextra(l, false);

	if (word && !linecomment(l, word))
		lineerror(l, "'%s' is one word too many: quote a name that has spaces", word);
}

void linefree(struct line *l)
{
	buffree(&l->words.reason);
	listfree(&l->held);
}
