// SPDX-License-Identifier: GPL-2.0-or-later
#include "console.h"

#include <stdlib.h>
#include <string.h>

#include "base/visible.h"
#include "oops/linestart.h"

#define TAIL_LIMIT  32768  /* bytes of output to keep */
#define LINE_LIMIT  4096   /* a longer line is processed in pieces ... */
#define LINE_AHEAD  512	   /* ... and so many bytes of it are kept with the next piece */
#define HEAD_LINES  32	   /* lines of a report to keep: registers and more */
#define TRACE_LIMIT 262144 /* bytes to keep from the beginning of a report on */
#define HEAD_BACK   8	   /* most lines between the beginning of a report and its telling line */

static const char cuthere[] = "------------[ cut here ]------------";

static const char *after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

static char *visible(const char *text)
{
	struct buf out = { 0 };

	bufvisible(&out, text, strlen(text));
	return bufsteal(&out);
}

/* Find the last lines of output, at most *count, which is set to their number. */
static const char *tailfind(struct console *c, size_t *count)
{
	const char *start = bufstr(&c->tail), *p = start + c->tail.len;
	size_t found = 0;

	while (p > start && found < *count) {
		p--;
		while (p > start && p[-1] != '\n')
			p--;
		found++;
	}
	*count = found;
	return p;
}

/* A report begins: with the current line, or with the mark that the kernel prints before it. */
static void headbegin(struct console *c)
{
	size_t back = HEAD_BACK;
	const char *p = tailfind(c, &back), *mark = NULL, *q;

	bufclear(&c->head);
	/* Warnings before it may tell why, if they leave room. */
	if (c->trace.len > TRACE_LIMIT / 2)
		bufclear(&c->trace);
	c->headat = c->lines;
	c->headmore = HEAD_LINES;
	for (q = p; (q = strstr(q, cuthere)); q++)
		mark = q;
	if (!mark)
		return;
	while (mark > p && mark[-1] != '\n')
		mark--;
	bufputs(&c->head, mark);
	for (p = mark; *p; p++)
		c->headat -= *p == '\n';
}

/* Keep the line, if a report began. */
static void traceadd(struct console *c, const char *line, size_t len)
{
	if (!(c->head.len || c->headmore) || c->trace.len + len >= TRACE_LIMIT)
		return;
	bufadd(&c->trace, line, len);
	bufputc(&c->trace, '\n');
}

static void panictake(struct console *c, const char *why)
{
	static const char *const noinit[] = { "No working init found", "Requested init ",
					      "VFS: Unable to mount root fs" };

	if (c->panic)
		return;
	c->panic = visible(why);
	for (size_t i = 0; i < sizeof(noinit) / sizeof(*noinit); i++)
		c->noinit = c->noinit || after(why, noinit[i]);
	/* A warning is the cause only if warnings panic the kernel. */
	if (!c->trouble && !(c->head.len && strstr(why, "panic_on_warn")))
		headbegin(c);
}

static void troubletake(struct console *c, enum trouble t, const char *text)
{
	if (t == TROUBLE_WARNING)
		c->warnings++;
	if (t == TROUBLE_LOCKUP)
		c->lockups++;
	if (c->trouble)
		return;
	if (!c->panic)
		headbegin(c);
	if (t == TROUBLE_WARNING)
		return;
	c->trouble = t;
	c->troubleline = visible(text);
}

/* Whether text is a line of the kernel's that begins with start. */
static bool isend(const char *text, const char *start, bool begins)
{
	const char *end = after(text, start);

	return end && (begins || !*end);
}

/* Look for the last words of a kernel: they are all that is heard where it cannot do it. */
static bool endlook(struct console *c, const char *text, bool begins)
{
	bool off = isend(text, "reboot: Power down", begins);
	bool restart = isend(text, "reboot: Restarting system", begins);
	bool halt = isend(text, "reboot: System halted", begins) ||
		    after(text, "reboot: Power off not available");

	c->halted = c->halted || halt;
	c->off = c->off || off;
	c->restarts = c->restarts || restart;
	return halt || off || restart;
}

/* Whether text, a part of line, is quoted from a log of an earlier end. */
static bool islogged(const char *line, const char *text)
{
	const char *name = strstr(line, " kernel: ");

	return name && name < text;
}

/* Examine a text of line that the kernel may have printed. Returns whether it means something. */
static bool textlook(struct console *c, const char *line, const char *text, bool begins)
{
	const char *why = after(text, "Kernel panic - not syncing: ");
	enum trouble t = troubleof(text, begins);
	bool logged = islogged(line, text), ends;

	if (why && logged)
		return false;
	if (why)
		panictake(c, why);
	if (t)
		troubletake(c, t, text);
	ends = !logged && endlook(c, text, begins);
	return why || t || ends;
}

/* Process len bytes of the line: its first meaningful text counts. */
static void linetake(struct console *c, size_t len)
{
	const char *line = bufstr(&c->line), *end = line + len, *text;
	struct places w = { .next = line, .fresh = !c->cut };

	while (w.next < end && (text = placenext(&w)) && w.next <= end)
		if (textlook(c, line, text, w.begins))
			break;
	bufadd(&c->tail, line, len);
	bufputc(&c->tail, '\n');
	c->lines++;
	traceadd(c, line, len);
	if (c->headmore) {
		bufadd(&c->head, line, len);
		bufputc(&c->head, '\n');
		c->headmore--;
	}
}

static void lineend(struct console *c)
{
	while (c->line.len && c->line.data[c->line.len - 1] == '\r')
		c->line.data[--c->line.len] = '\0';
	linetake(c, c->line.len);
	bufclear(&c->line);
	c->cut = false;
}

/* The line is long: process all of it but what is needed to understand the rest. */
static void linecut(struct console *c)
{
	size_t len = c->line.len - LINE_AHEAD;

	linetake(c, len);
	memmove(c->line.data, c->line.data + len, LINE_AHEAD + 1);
	c->line.len = LINE_AHEAD;
	c->cut = true;
}

static void tailtrim(struct console *c)
{
	size_t drop = c->tail.len > TAIL_LIMIT ? c->tail.len - TAIL_LIMIT : 0;

	if (!drop)
		return;
	memmove(c->tail.data, c->tail.data + drop, c->tail.len - drop + 1);
	c->tail.len -= drop;
}

void consolefeed(struct console *c, const char *data, size_t len)
{
	c->seen = c->seen || len;
	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\n') {
			lineend(c);
			continue;
		}
		bufputc(&c->line, data[i] ? data[i] : ' ');
		if (c->line.len >= LINE_LIMIT)
			linecut(c);
	}
	tailtrim(c);
}

void consoleshow(struct console *c, size_t count, struct buf *out)
{
	const char *tail, *p;
	size_t first, line = c->headat;

	if (c->line.len)
		lineend(c);
	tail = tailfind(c, &count);
	first = c->lines - count;
	for (p = bufstr(&c->head); *p && line < first; line++) {
		size_t len = strcspn(p, "\n") + 1;

		bufvisible(out, p, len);
		p += len;
	}
	if (c->head.len && line < first)
		bufprintf(out, "[... %zu lines ...]\n", first - line);
	bufvisible(out, tail, strlen(tail));
}

void consolefree(struct console *c)
{
	buffree(&c->tail);
	buffree(&c->line);
	buffree(&c->head);
	buffree(&c->trace);
	free(c->panic);
	free(c->troubleline);
	*c = (struct console){ 0 };
}
