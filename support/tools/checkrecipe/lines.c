// SPDX-License-Identifier: GPL-2.0-or-later
#include "lines.h"

#include <stdbool.h>
#include <string.h>

#include "base/affix.h"

static bool lineadd(struct lines *l)
{
	size_t len = strcspn(l->next, "\n");

	if (!*l->next)
		return false;
	bufadd(&l->buf, l->next, len);
	l->next += len + (l->next[len] == '\n');
	l->taken++;
	return true;
}

bool linenext(struct lines *l)
{
	bufclear(&l->buf);
	bufputs(&l->buf, "");
	l->number = l->taken + 1;
	return lineadd(l);
}

bool linejoin(struct lines *l)
{
	if (!linenext(l))
		return false;
	while (l->buf.len && l->buf.data[l->buf.len - 1] == '\\') {
		l->buf.data[--l->buf.len] = '\0';
		trimright(l->buf.data);
		l->buf.len = strlen(l->buf.data);
		bufputc(&l->buf, ' ');
		l->next = skipblank(l->next);
		if (!lineadd(l))
			break;
	}
	return true;
}

char *skipblank(const char *s)
{
	return (char *)s + strspn(s, " \t");
}

size_t wordlen(const char *s)
{
	return strcspn(s, " \t");
}

void trimright(char *s)
{
	size_t len = strlen(s);

	while (len && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		s[--len] = '\0';
}

bool wordis(const char *s, const char *word)
{
	size_t len = wordlen(s);

	return len == strlen(word) && memcmp(s, word, len) == 0;
}

bool tablehas(const char *const *table, const char *s, size_t len)
{
	for (; *table; table++) {
		if (strlen(*table) == len && memcmp(*table, s, len) == 0)
			return true;
	}
	return false;
}

size_t reflen(const char *s)
{
	size_t depth = 0;
	char close;

	if (!startswith(s, "$(") && !startswith(s, "${"))
		return 0;
	close = s[1] == '(' ? ')' : '}';
	for (size_t i = 1; s[i]; i++) {
		if (s[i] == s[1])
			depth++;
		else if (s[i] == close && --depth == 0)
			return i + 1;
	}
	return strlen(s);
}
