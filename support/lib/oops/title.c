// SPDX-License-Identifier: GPL-2.0-or-later
#include "title.h"

#include <ctype.h>
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define TITLE_LIMIT  120  /* bytes of a title */
#define REPORT_LIMIT 1000 /* lines of a report to look at */
#define REPORT_LEAST 22	  /* lines before a panic: then its stack is that of the report */

/* What is replaced in a title, as often as it fits; & is the first group of the expression. */
static const struct change {
	const char *what, *by;
} changes[] = {
	{ "([^a-zA-Z0-9])(0x)?[0-9a-f]{6,}", "&ADDR" },
	{ "()[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}", "&IP" },
	{ "(\\.[a-zA-Z0-9_]+)(:[0-9]+)+", "&:LINE" },
	{ "([a-zA-Z][a-zA-Z0-9_.]+)\\+0x[0-9a-z]+/0x[0-9a-z]+", "&" },
	{ "()CPU#[0-9]+", "&CPU" },
	{ "([^a-zA-Z0-9_])[0-9]+$", "&NUM" },
	{ "([^a-zA-Z0-9_])[0-9]+([^a-zA-Z0-9_])", "&NUM" },
	{ "()[0-9]{7,}", "&NUM" },
};

/* Replace all that the expression matches; the second group of a match is kept behind it. */
static char *replace(char *text, const struct change *c, bool keep)
{
	struct buf out = { 0 };
	const char *p = text;
	regmatch_t m[3];
	regex_t re;

	if (regcomp(&re, c->what, REG_EXTENDED) != 0)
		return text;
	while (*p && regexec(&re, p, 3, m, p == text ? 0 : REG_NOTBOL) == 0) {
		regoff_t end = keep && m[2].rm_so >= 0 ? m[2].rm_so : m[0].rm_eo;

		bufadd(&out, p, (size_t)m[1].rm_eo);
		bufputs(&out, c->by + 1);
		p += end;
	}
	bufputs(&out, p);
	regfree(&re);
	free(text);
	return bufsteal(&out);
}

/* Without what differs from one run to the next, without control characters and double blanks. */
static char *general(char *text)
{
	size_t out = 0;

	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		text = replace(text, &changes[i], strstr(changes[i].what, "+([^"));
	for (const char *p = text; *p && out < TITLE_LIMIT; p++) {
		char c = *p == '\t' ? ' ' : *p;

		if (c < ' ' || c == '\177' || (c == ' ' && (!out || text[out - 1] == ' ')))
			continue;
		text[out++] = c;
	}
	while (out && text[out - 1] == ' ')
		out--;
	text[out] = '\0';
	return text;
}

/* The lines of a report. */
struct lines {
	const char **item;
	size_t len;
};

static void linestake(struct lines *l, const char *text)
{
	l->item = xrealloc(l->item, (l->len + 1) * sizeof(*l->item));
	l->item[l->len++] = text;
}

/* Whether the kernel marks a line of a stack as doubtful. */
static bool doubtful(const char *text)
{
	const char *p = strstr(text, " ? ");
	size_t len = strlen(text);

	if (p && !strstr(text, "<EOI>"))
		return true;
	return len > 13 && strcmp(text + len - 13, " (unreliable)") == 0;
}

/* Whether another report begins at the line, of which the one before is not part. */
static bool isother(const struct klog *log, size_t index)
{
	static const char *const parts[] = { "invalid opcode: ",
					     "Kernel panic - not syncing",
					     "unregister_netdevice: waiting for",
					     "PANIC: double fault",
					     "Internal error: ",
					     "unreferenced object 0x" };
	const char *text = log->item[index].raw, *at;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (strstr(text, parts[i]))
			return false;
	return strstr(text, "vmalloc: allocation failure:") ||
	       strstr(text, "FAULT_FLAG_ALLOW_RETRY missing") || klogkind(log, index, true, &at);
}

/* Take the lines of the report that begins at the line of index: those of its caller. */
static void reporttake(const struct klog *log, size_t index, struct lines *out)
{
	const struct klogline *first = &log->item[index];
	bool single = strlen(first->caller) < 3, all = false, stamped = *first->caller;

	linestake(out, first->text);
	for (size_t i = index + 1; i < log->len && i - index < REPORT_LIMIT; i++) {
		const struct klogline *l = &log->item[i];
		bool mine = strcmp(l->caller, first->caller) == 0 || (all && l->caller[1] == 'C');

		if (single && isother(log, i))
			break;
		if (!mine || (stamped && doubtful(l->text)))
			continue;
		if (strstr(l->text, "Disabling lock debugging due to kernel taint"))
			continue;
		all = all || strstr(l->text, "Sending NMI from CPU");
		if (out->len > REPORT_LEAST && strstr(l->text, "Kernel panic - not syncing"))
			break;
		linestake(out, l->text);
	}
}

/* "Read" or "Write", which the report says of the access; NULL if not. */
static const char *access(const struct lines *report)
{
	static const char *const words[] = { "Read", "Write" };

	for (size_t i = 0; i < report->len; i++) {
		for (size_t w = 0; w < 2; w++) {
			const char *p = strstr(report->item[i], words[w]);

			p = p ? p + strlen(words[w]) : "";
			if (strncmp(p, " of size ", 9) == 0 || strncmp(p, " at addr ", 9) == 0)
				return words[w];
		}
	}
	return NULL;
}

/* The length of the text up to the first of these, or all of it. */
static size_t upto(const char *text, const char *const *ends, size_t count)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < count; i++) {
		const char *end = strstr(text, ends[i]);

		if (end && (size_t)(end - text) < len)
			len = (size_t)(end - text);
	}
	return len;
}

/* Append what the letter stands for. Returns whether the report has that. */
static bool putword(struct buf *out, char letter, const struct kind *k, const char *at,
		    const struct lines *report)
{
	static const char *const wordends[] = { " in ", " on ", "(" }, *const cpu[] = { " on CPU" };
	const char *start = strstr(at, k->start), *rest = start ? start + strlen(k->start) : at,
		   *word;
	char *function;

	switch (letter) {
	case 'f':
		function = guilty(k->trail, report->item, report->len);
		bufputs(out, function ? function : "corrupted");
		free(function);
		return true;
	case 'a':
		word = access(report);
		bufputs(out, word ? word : "");
		return word;
	case 'w':
		bufadd(out, rest, upto(rest, wordends, 3));
		return true;
	case 'o':
		bufadd(out, start, upto(start, cpu, 1));
		return true;
	case 'n':
		bufputs(out, report->len > 1 ? report->item[1] : "");
		return report->len > 1;
	default:
		bufputs(out, letter == 'r' ? rest : start);
		return true;
	}
}

char *titleof(const struct klog *log, size_t index, const struct kind *k, const char *at)
{
	const char *form = k->title ? k->title : "%0";
	struct lines report = { 0 };
	struct buf out = { 0 };
	bool whole = true;

	reporttake(log, index, &report);
	for (const char *p = form; *p; p++) {
		if (*p == '%' && p[1])
			whole = putword(&out, *++p, k, at, &report) && whole;
		else
			bufputc(&out, *p);
	}
	if (!whole) { /* the report is cut off: its first line alone */
		bufclear(&out);
		bufputs(&out, strncmp(at, "BUG: K", 6) == 0 ? at + 5 : at);
	}
	free(report.item);
	return general(bufsteal(&out));
}
