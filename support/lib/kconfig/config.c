// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconfig/config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "fs/file.h"
#include "kconfig/expr.h"

#define NAMECHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
#define BADVALUE  "its value is none of y, m, n, a number, a \"string\""

bool isbool(const char *value)
{
	return *value && strchr("ymn", *value) && !value[1];
}

/* Return whether s is one string in double quotes. A backslash quotes the next character. */
static bool isquoted(const char *s)
{
	if (*s++ != '"')
		return false;
	for (; *s && *s != '"'; s++) {
		if (*s == '\\' && s[1])
			s++;
	}
	return s[0] == '"' && s[1] == '\0';
}

static void configset(struct config *c, const struct setting *new)
{
	struct setting *s = xmalloc(sizeof(*s));
	void **place;

	*s = *new;
	if (c->len == c->cap) {
		c->cap = c->cap ? 2 * c->cap : 64;
		c->setting = xrealloc(c->setting, c->cap * sizeof(*c->setting));
	}
	c->setting[c->len++] = s;
	place = tableput(&c->byname, s->name);
	if (*place)
		((struct setting *)*place)->gone = true;
	*place = s;
}

void configadd(struct config *c, const char *name, const char *value, const char *file,
	       unsigned line)
{
	struct setting s = { .name = xstrdup(name), .file = file, .line = line };

	s.value = xstrdup(value);
	configset(c, &s);
}

/*
 * Return true for a value that front ends write without quotes: y, m, n, a number, or nothing.
 */
static bool isbare(const char *s)
{
	return s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")] ==
	       '\0';
}

/* Parse "NAME=value", the text after CONFIG_. */
static const char *assignparse(struct configline *l, const char *text)
{
	size_t len = strspn(text, NAMECHARS);

	if (!len || text[len] != '=')
		return "expected CONFIG_NAME=value";
	if (!isbare(text + len + 1) && !isquoted(text + len + 1))
		return BADVALUE;
	*l = (struct configline){ .name = text, .len = len, .value = text + len + 1 };
	return NULL;
}

/* Parse "# CONFIG_NAME is not set". Other text is a comment. */
static void commentparse(struct configline *l, const char *text)
{
	static const char unset[] = " is not set";
	size_t len;

	if (!startswith(text, "# CONFIG_"))
		return;
	text += 9;
	len = strspn(text, NAMECHARS);
	if (len && strncmp(text + len, unset, sizeof(unset) - 1) == 0)
		*l = (struct configline){ .name = text, .len = len, .value = "n" };
}

/* Remove trailing blanks, and the CR of a CRLF line end. */
static void trim(char *line)
{
	size_t len = strlen(line);

	while (len && strchr(" \t\r", line[len - 1]))
		line[--len] = '\0';
}

const char *configline(struct configline *l, char *line)
{
	*l = (struct configline){ 0 };
	trim(line);
	if (*line == '#')
		commentparse(l, line);
	else if (startswith(line, "CONFIG_"))
		return assignparse(l, line + 7);
	else if (*line)
		return "expected CONFIG_NAME=value or # CONFIG_NAME is not set";
	return NULL;
}

/* Read a comment for us. Returns NULL, or an error message. */
static const char *noteparse(struct setting *s, const char *line)
{
	static const char mark[] = "# kmerge:";

	if (!startswith(line, mark))
		return NULL;
	line += sizeof(mark) - 1;
	s->ifknown = strcmp(line + strspn(line, " "), "if known") == 0;
	return s->ifknown ? NULL : "expected '# kmerge: if known'";
}

/*
 * Add the setting of a line, if it has one; s has its place, and what the line above says of it.
 * Then s has what the line says of the next. Returns NULL, or an error message.
 */
static const char *lineapply(struct config *c, char *line, struct setting *s)
{
	struct setting new = *s;
	struct configline l;
	const char *why = configline(&l, line);

	s->ifknown = false;
	if (why)
		return why;
	if (!l.name)
		return noteparse(s, line);
	if (!*l.value)
		return "it has no value: expected y, m, n, a number or a \"string\"";
	if (!isbool(l.value) && !valueisnumber(l.value, strlen(l.value)) && *l.value != '"')
		return BADVALUE;
	new.name = xstrndup(l.name, l.len);
	new.value = xstrdup(l.value);
	configset(c, &new);
	return NULL;
}

int configparse(struct config *c, const char *path, char *text, struct buf *errors)
{
	struct setting s = { .file = path };
	const char *why;
	int ret = 0;

	for (char *line = text, *next; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		s.line++;
		why = lineapply(c, line, &s);
		if (!why)
			continue;
		if (errors)
			bufprintf(errors, "%s:%u: '%s': %s\n", path, s.line, line, why);
		ret = -1;
	}
	return ret;
}

int configread(struct config *c, const char *path, struct buf *errors)
{
	struct buf text = { 0 };
	int ret = -1;

	if (fileread(path, &text) < 0)
		bufprintf(errors, "%s: cannot read: %s\n", path, strerror(errno));
	else if (text.len && memchr(text.data, '\0', text.len))
		bufprintf(errors, "%s: it is no text: it holds a NUL byte\n", path);
	else
		ret = configparse(c, path, text.data, errors);
	buffree(&text);
	return ret;
}

const struct setting *configget(const struct config *c, const char *name)
{
	return tableget(&c->byname, name);
}

void configfree(struct config *c)
{
	for (size_t i = 0; i < c->len; i++) {
		free(c->setting[i]->name);
		free(c->setting[i]->value);
		free(c->setting[i]);
	}
	free(c->setting);
	tablefree(&c->byname);
	*c = (struct config){ 0 };
}

void settingprint(struct buf *out, const char *name, const char *value)
{
	if (strcmp(value, "n") == 0)
		bufprintf(out, "# CONFIG_%s is not set", name);
	else
		bufprintf(out, "CONFIG_%s=%s", name, value);
}
