// SPDX-License-Identifier: GPL-2.0-or-later
#include "word.h"

#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

#define DEPTH_MAX 16 /* maximum nesting of variables */

static const char blanks[] = " \t\n\v\f\r";

static bool isoctal(char c)
{
	return c >= '0' && c <= '7';
}

/* Append the byte of the escape at p. Returns the text after it; NULL if it is invalid. */
static const char *unescape(struct words *w, const char *p, struct buf *out)
{
	switch (*p) {
	case '"':
	case '\\':
	case '$':
		bufputc(out, *p);
		return p + 1;
	case 'n':
		bufputc(out, '\n');
		return p + 1;
	case 't':
		bufputc(out, '\t');
		return p + 1;
	}
	if (isoctal(p[0]) && isoctal(p[1]) && isoctal(p[2])) {
		int byte = (p[0] - '0') * 64 + (p[1] - '0') * 8 + (p[2] - '0');

		if (byte > 0 && byte < 256) {
			bufputc(out, (char)byte);
			return p + 3;
		}
	}
	bufputs(&w->reason,
		"unknown escape in a quoted string: use \\\" \\\\ \\n \\t \\$ or \\ooo");
	return NULL;
}

/*
 * Append the value of the variable whose ${ is at p. Returns the text after the }; NULL on an
 * error. As in the kernel's gen_init_cpio, variables in the value are replaced as well; depth is
 * the current nesting.
 */
static const char *expandvar(struct words *w, const char *p, const char *end, int depth,
			     struct buf *out)
{
	char *name = xstrndup(p + 2, (size_t)(end - p - 2));
	const char *value = depth < DEPTH_MAX ? getenv(name) : NULL;

	if (depth >= DEPTH_MAX)
		bufprintf(&w->reason, "${%s} leads back to itself: write the path out", name);
	else if (!value)
		bufprintf(&w->reason, "${%s} is not set: export it, or write the path out", name);
	free(name);
	while (value && *value) {
		const char *close = value[0] == '$' && value[1] == '{' ? strchr(value, '}') : NULL;

		if (close) {
			value = expandvar(w, value, close, depth + 1, out);
		} else {
			bufputc(out, *value++);
		}
	}
	return value ? end + 1 : NULL;
}

char *wordnext(struct words *w, bool expand)
{
	struct buf out = { 0 };
	const char *p = w->p + strspn(w->p, blanks);
	const char *end;

	w->quoted = *p == '"';
	p += w->quoted;
	w->p = p;
	if (!*p && !w->quoted)
		return NULL;
	while (p && *p && (w->quoted ? *p != '"' : !strchr(blanks, *p))) {
		if (w->quoted && *p == '\\')
			p = unescape(w, p + 1, &out);
		else if (expand && p[0] == '$' && p[1] == '{' && (end = strchr(p, '}')))
			p = expandvar(w, p, end, 0, &out);
		else
			bufputc(&out, *p++);
	}
	if (p && w->quoted && *p++ != '"') {
		bufputs(&w->reason, "a double quote is not closed");
		p = NULL;
	} else if (p && w->quoted && *p && !strchr(blanks, *p)) {
		bufputs(&w->reason, "text follows a closing double quote: put a space between");
		p = NULL;
	}
	if (!p) {
		buffree(&out);
		return NULL;
	}
	w->p = p;
	return bufsteal(&out);
}

/*
 * Return the number of bytes of the control character at the start of s, including C1 in UTF-8; 0
 * if it is another character.
 */
static size_t controllen(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	if (*p < 0x20 || *p == 0x7f)
		return 1;
	return p[0] == 0xc2 && (p[1] & 0xe0) == 0x80 ? 2 : 0;
}

static bool needsquotes(const char *s)
{
	if (!*s || *s == '"')
		return true;
	for (; *s; s++) {
		if (*s == ' ' || controllen(s))
			return true;
	}
	return false;
}

static void addescaped(struct buf *out, const char *s, bool dollar)
{
	size_t control = 0; /* remaining bytes of a control character */

	for (; *s; s++) {
		control = control ? control : controllen(s);
		if (*s == '\n')
			bufputs(out, "\\n");
		else if (*s == '\t')
			bufputs(out, "\\t");
		else if (control)
			bufprintf(out, "\\%03o", (unsigned char)*s);
		else if (*s == '"' || *s == '\\' || (dollar && *s == '$'))
			bufprintf(out, "\\%c", *s);
		else
			bufputc(out, *s);
		control -= control > 0;
	}
}

void wordquote(struct buf *out, const char *s)
{
	if (!needsquotes(s)) {
		bufputs(out, s);
		return;
	}
	bufputc(out, '"');
	addescaped(out, s, false);
	bufputc(out, '"');
}

char *wordquoted(const char *s)
{
	struct buf out = { 0 };

	wordquote(&out, s);
	return bufsteal(&out);
}

void wordquotesource(struct buf *out, const char *dir, const char *path)
{
	char *whole = pathjoin(dir, path);
	bool quotes = needsquotes(whole) || strstr(path, "${");

	if (!quotes) {
		bufputs(out, whole);
	} else {
		bufputc(out, '"');
		addescaped(out, dir, false);
		if (*dir)
			bufputc(out, '/');
		addescaped(out, path, true);
		bufputc(out, '"');
	}
	free(whole);
}
