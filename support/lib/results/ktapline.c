// SPDX-License-Identifier: GPL-2.0-or-later
#include "results/ktapline.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NUMBER_MAX 100000000UL /* of a test; a larger one is none */

static const char *after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

/* The end of "[    1.234567]" or "[   T1]" at p; NULL: there is none. */
static const char *stampend(const char *p)
{
	const char *end;

	if (*p != '[')
		return NULL;
	end = p + 1 + strspn(p + 1, " 0123456789.TC");
	return end > p + 1 && *end == ']' ? end + 1 : NULL;
}

const char *ktaptext(const char *line)
{
	const char *p = line, *end;

	if (*p == '<' && isdigit((unsigned char)p[1])) {
		end = p + 1 + strspn(p + 1, "0123456789");
		p = *end == '>' ? end + 1 : p;
	}
	if (!stampend(p))
		return p;
	while ((end = stampend(p)))
		p = end;
	return *p == ' ' ? p + 1 : p;
}

/* Read a number at *p, and go behind it. Returns false if there is none. */
static bool numberread(const char **p, unsigned long *n)
{
	char *end;

	if (!isdigit((unsigned char)**p))
		return false;
	*n = strtoul(*p, &end, 10);
	*p = end;
	return *n <= NUMBER_MAX;
}

/* The length of text without the blanks at its end. */
static size_t trimmed(const char *text, size_t len)
{
	while (len && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	return len;
}

/* The directives, which come after a '#'; word: more letters may follow. */
static const struct {
	const char *name;
	bool word;
	enum testresult ok, notok;
} directives[] = {
	{ "SKIP", true, TEST_SKIPPED, TEST_SKIPPED },
	{ "TODO", false, TEST_PASSED, TEST_TODO },
	{ "XFAIL", false, TEST_TODO, TEST_TODO },
	{ "TIMEOUT", false, TEST_PASSED, TEST_FAILED },
	{ "ERROR", false, TEST_PASSED, TEST_FAILED },
	{ "XPASS", false, TEST_PASSED, TEST_FAILED },
};

/* The index of the directive at text; -1: there is none. */
static int directive(const char *text)
{
	for (size_t i = 0; i < sizeof(directives) / sizeof(*directives); i++) {
		size_t len = strlen(directives[i].name);

		if (strncasecmp(text, directives[i].name, len) == 0 &&
		    (directives[i].word || !isalnum((unsigned char)text[len])))
			return (int)i;
	}
	return -1;
}

/*
 * Find the '#' that ends the name: that of a directive, or else the first between blanks. NULL:
 * there is none; *which is the directive, or -1.
 */
static const char *markfind(const char *text, int *which)
{
	const char *first = NULL;

	for (const char *p = text; (p = strchr(p, '#')); p++) {
		if (p > text && p[-1] != ' ' && p[-1] != '\t')
			continue;
		*which = directive(p + 1 + strspn(p + 1, " \t"));
		if (*which >= 0)
			return p;
		if (!first && (p[1] == ' ' || p[1] == '\t'))
			first = p;
	}
	*which = -1;
	return first;
}

/* Take the rest of a result: its name, directive and reason. */
static void restparse(struct ktapline *l, const char *text, bool ok)
{
	const char *mark;
	int which;

	l->result = ok ? TEST_PASSED : TEST_FAILED;
	mark = markfind(text, &which);
	l->name = text;
	l->namelen = trimmed(text, mark ? (size_t)(mark - text) : strlen(text));
	if (!mark)
		return;
	l->reason = mark + 1 + strspn(mark + 1, " \t");
	if (which >= 0)
		l->result = ok ? directives[which].ok : directives[which].notok;
	/* that it was skipped, the result says; that it timed out, only this word does */
	if (which >= 0 && l->result != TEST_FAILED) {
		l->reason += strcspn(l->reason, " \t:");
		l->reason += strspn(l->reason, " \t:");
	}
	l->reasonlen = trimmed(l->reason, strlen(l->reason));
}

/* "1 name", "1 - name", "1", "- name": other text is no result, but a program's "ok". */
static void resultparse(struct ktapline *l, const char *p, bool ok)
{
	bool numbered;

	if (*p != ' ' && *p != '\t')
		return;
	p += strspn(p, " \t");
	numbered = numberread(&p, &l->number);
	if (numbered && *p && *p != ' ' && *p != '\t')
		return;
	p += strspn(p, " \t");
	if (*p == '-' && (p[1] == ' ' || !p[1]))
		p += 1 + strspn(p + 1, " \t");
	else if (!numbered)
		return;
	l->kind = KTAP_RESULT;
	restparse(l, p, ok);
}

static void planparse(struct ktapline *l, const char *p)
{
	if (!numberread(&p, &l->number))
		return;
	p += strspn(p, " \t");
	if (*p && *p != '#')
		return;
	l->kind = KTAP_PLAN;
	restparse(l, p, true);
}

static void versionparse(struct ktapline *l, const char *p)
{
	unsigned long n;

	if (numberread(&p, &n) && p[strspn(p, " \t")] == '\0')
		l->kind = KTAP_VERSION;
}

void ktapparse(struct ktapline *l, const char *text)
{
	const char *p;

	*l = (struct ktapline){ 0 };
	for (; *text == ' ' || *text == '\t'; text++)
		l->indent += *text == '\t' ? 4 : 1;
	if ((p = after(text, "ok"))) {
		resultparse(l, p, true);
	} else if ((p = after(text, "not ok"))) {
		resultparse(l, p, false);
	} else if ((p = after(text, "1.."))) {
		planparse(l, p);
	} else if ((p = after(text, "KTAP version ")) || (p = after(text, "TAP version "))) {
		versionparse(l, p);
	} else if ((p = after(text, "# Subtest: ")) || (p = after(text, "# Subtest "))) {
		l->kind = KTAP_SUBTEST;
		l->name = p;
		l->namelen = trimmed(p, strlen(p));
	} else if ((p = after(text, "Bail out!"))) {
		l->kind = KTAP_BAIL;
		l->reason = p + strspn(p, " \t");
		l->reasonlen = trimmed(l->reason, strlen(l->reason));
	} else if (strcmp(text, "---") == 0) {
		l->kind = KTAP_YAML;
	}
}
