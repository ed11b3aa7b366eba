// SPDX-License-Identifier: GPL-2.0-or-later
#include "console.h"

#include <stdlib.h>
#include <string.h>

#define TAIL_LIMIT 32768 /* bytes that are kept of what was printed */
#define LINE_LIMIT 4096	 /* a longer line is taken in pieces */

/* The text of a line, after its level, time and caller if the kernel puts them before it. */
static const char *linetext(const char *line)
{
	const char *p = line, *end;

	if (*p == '<' && strchr(p, '>'))
		p = strchr(p, '>') + 1;
	while (*p == '[') {
		end = p + 1 + strspn(p + 1, " 0123456789.TC");
		if (*end != ']')
			return p;
		p = end + 1;
	}
	return *p == ' ' ? p + 1 : p;
}

static const char *after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

/* Look at the text of a line for what is worth to be counted or kept. */
static void troubletake(struct console *c, const char *text)
{
	enum trouble t = troubleof(text);

	if (t == TROUBLE_WARNING)
		c->warnings++;
	if (t <= TROUBLE_WARNING || c->trouble)
		return;
	c->trouble = t;
	c->troubleline = xstrdup(text);
}

static void linetake(struct console *c)
{
	static const char *const noinit[] = { "No working init found", "Requested init ",
					      "VFS: Unable to mount root fs" };
	const char *text, *why;

	while (c->line.len && c->line.data[c->line.len - 1] == '\r')
		c->line.data[--c->line.len] = '\0';
	text = linetext(bufstr(&c->line));
	why = after(text, "Kernel panic - not syncing: ");
	if (why && !c->panic) {
		c->panic = xstrdup(why);
		for (size_t i = 0; i < sizeof(noinit) / sizeof(*noinit); i++)
			c->noinit = c->noinit || after(why, noinit[i]);
	}
	if (after(text, "reboot: System halted") || after(text, "reboot: Power off not available"))
		c->halted = true;
	troubletake(c, text);
	bufadd(&c->tail, bufstr(&c->line), c->line.len);
	bufputc(&c->tail, '\n');
	bufclear(&c->line);
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
		if (data[i] == '\n' || c->line.len >= LINE_LIMIT)
			linetake(c);
		if (data[i] != '\n')
			bufputc(&c->line, data[i] ? data[i] : ' ');
	}
	tailtrim(c);
}

const char *consoletail(struct console *c, int count)
{
	const char *p;

	if (c->line.len)
		linetake(c);
	if (!c->tail.len)
		return "";
	for (p = c->tail.data + c->tail.len - 1; p > c->tail.data; p--)
		if (p[-1] == '\n' && --count == 0)
			break;
	return p;
}

void consolefree(struct console *c)
{
	buffree(&c->tail);
	buffree(&c->line);
	free(c->panic);
	free(c->troubleline);
	*c = (struct console){ 0 };
}
