// SPDX-License-Identifier: GPL-2.0-or-later
#include "linestart.h"

#include <string.h>

/* The end of the escape sequence at p (ECMA-48), which may be incomplete. */
static const char *escapeend(const char *p)
{
	const char *q = p + 1;

	if (*q == '[') {
		q++;
		while (*q >= ' ' && *q <= '?')
			q++;
		return *q >= '@' && *q <= '~' ? q + 1 : q;
	}
	if (*q && strchr("]PX^_", *q)) { /* a string, such as a window title */
		const char *end = q + strcspn(q, "\a\033");

		if (*end)
			return *end == '\a' || end[1] != '\\' ? end + 1 : end + 2;
		return q + 1;
	}
	while (*q >= ' ' && *q <= '/')
		q++;
	return *q >= '0' && *q <= '~' ? q + 1 : q;
}

/* The end of the invisible text at p; p if there is none. */
static const char *invisible(const char *p)
{
	if (*p == '\033')
		return escapeend(p);
	return (*p > 0 && *p < ' ' && *p != '\t') || *p == '\177' ? p + 1 : p;
}

/* Whether p begins with the kernel's time "[    1.234567]" or caller "[    T1]". */
static bool stamped(const char *p)
{
	size_t n;

	if (*p++ != '[')
		return false;
	p += strspn(p, " ");
	if (*p == 'T' || *p == 'C') {
		n = strspn(p + 1, "0123456789");
		return n && p[1 + n] == ']';
	}
	n = strspn(p, "0123456789");
	return n && p[n] == '.' && strspn(p + n + 1, "0123456789") == 6 && p[n + 7] == ']';
}

const char *linetext(const char *line)
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

const char *placenext(struct places *w)
{
	for (; *w->next; w->next++) {
		const char *p = w->next;
		char before = w->before;

		w->before = *p;
		if (!w->hidden || p >= w->hidden)
			w->hidden = invisible(p);
		if (*p == '\r')
			w->fresh = true;
		w->begins = p >= w->hidden && (w->fresh || stamped(p));
		if (p >= w->hidden)
			w->fresh = false;
		if (!w->begins && before && strchr("'\"`", before))
			continue;
		w->next++;
		return w->begins ? linetext(p) : p;
	}
	return NULL;
}
