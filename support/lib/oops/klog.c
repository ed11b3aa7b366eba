// SPDX-License-Identifier: GPL-2.0-or-later
#include "klog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "oops/linestart.h"

#define LINE_LIMIT 4096 /* bytes of a line ... */
#define LINE_BACK  512	/* ... and so far back a blank is looked for to end it */
#define FRONT_MAX  128	/* bytes that a program which keeps the log puts before a line, at most */

/* Put the caller in "[    1.234567][   T42] ", which begins at p, into l. */
static void callertake(struct klogline *l, const char *p)
{
	const char *caller = NULL;
	size_t out = 0;

	for (const char *q = p; q < l->text; q++)
		if (*q == '[')
			caller = q;
	if (caller == p)
		caller = NULL;
	for (const char *q = caller ? caller : "[]"; *q && out + 1 < sizeof(l->caller); q++) {
		if (*q != ' ')
			l->caller[out++] = *q;
		if (*q == ']')
			break;
	}
}

/* The kernel's time at the beginning of the line, or behind a prompt for a login; NULL: none. */
static const char *stampfind(const char *raw)
{
	const char *p = raw, *login = strstr(raw, " login: "), *digits;

	if (strncmp(p, "** ", 3) == 0 && strstr(p, " printk messages dropped ** "))
		p = strstr(p, " dropped ** ") + 12;
	else if (login)
		p = login + 8;
	if (*p == '<' && strchr(p, '>'))
		p = strchr(p, '>') + 1;
	if (*p != '[')
		return NULL;
	digits = p + 1 + strspn(p + 1, " ");
	digits += strspn(digits, "0123456789");
	return *digits == '.' || (digits[-1] != ' ' && *digits == ']') ? p : NULL;
}

/* The time that begins at p, "[    1.234567]", in microseconds; -1 if it has another form. */
static long long stampread(const char *p)
{
	long long s, us;
	int from = 0;

	if (sscanf(p, "[%9lld.%n%6lld", &s, &from, &us) == 2 &&
	    strspn(p + from, "0123456789") == 6 && (p[from + 6] == ']' || p[from + 6] == ' '))
		return s * 1000000 + us;
	return -1;
}

/* The end of a word that is filled up with blanks to six letters, and its colon; NULL: none. */
static const char *wordend(const char *p)
{
	size_t n = p ? strspn(p, "abcdefghijklmnopqrstuvwxyz01234567") : 0;

	n += n ? strspn(p + n, " ") : 0;
	return n >= 6 && p[n] == ':' ? p + n + 1 : NULL;
}

/*
 * The kernel's text behind what programs that keep a log put before it: syslog and the journal
 * "Nov 28 13:19:50 host kernel: ", dmesg --ctime "[Sat Nov 28 13:19:50 2026] ", dmesg --decode
 * "kern  :warn  : ".
 */
static const char *unkept(const char *line)
{
	const char *p = strstr(line, " kernel: ");
	int n = 0;

	if (p && p - line < FRONT_MAX && !memchr(line, '[', (size_t)(p - line)))
		return p + strlen(" kernel: ");
	if (sscanf(line, "[%*3[A-Z a-z] %*3[A-Z a-z] %*2d %*2d:%*2d:%*2d %*4d]%n", &n) == 0 && n)
		return line + n + (line[n] == ' ');
	p = wordend(wordend(line));
	return p && *p == ' ' ? p + 1 : line;
}

static void lineadd(struct klog *log, const char *data, size_t len)
{
	struct klogline *l;
	const char *stamp, *own;

	if (log->len == log->room) {
		log->room = log->room ? 2 * log->room : 256;
		log->item = xrealloc(log->item, log->room * sizeof(*log->item));
	}
	while (len && data[len - 1] == '\r')
		len--;
	l = &log->item[log->len++];
	*l = (struct klogline){ .raw = xmalloc(len + 1), .us = -1 };
	for (size_t i = 0; i < len; i++)
		l->raw[i] = data[i] ? data[i] : ' ';
	l->raw[len] = '\0';
	own = unkept(l->raw);
	memmove(l->raw, own, strlen(own) + 1);
	stamp = stampfind(l->raw);
	l->text = stamp ? linetext(stamp) : l->raw;
	if (stamp) {
		callertake(l, stamp);
		l->us = stampread(stamp);
	}
}

/* How much of a line of len bytes becomes one: all, or up to a blank. The kernel's are short. */
static size_t piece(const char *data, size_t len)
{
	if (len <= LINE_LIMIT)
		return len;
	for (size_t i = LINE_LIMIT; i > LINE_LIMIT - LINE_BACK; i--)
		if (data[i - 1] == ' ')
			return i;
	return LINE_LIMIT;
}

void klogadd(struct klog *log, const char *data, size_t len)
{
	while (len) {
		const char *end = memchr(data, '\n', len);
		size_t all = end ? (size_t)(end - data) : len, line = piece(data, all);

		lineadd(log, data, line);
		line += end && line == all ? 1 : 0;
		data += line;
		len -= line;
	}
}

const struct kind *klogkind(const struct klog *log, size_t index, bool titled, const char **at)
{
	struct places w = { .next = log->item[index].raw, .fresh = true };

	while ((*at = placenext(&w))) {
		const struct kind *k = kindof(*at, w.begins, titled);

		if (k)
			return k;
	}
	return NULL;
}

void klogfree(struct klog *log)
{
	for (size_t i = 0; i < log->len; i++)
		free(log->item[i].raw);
	free(log->item);
	*log = (struct klog){ 0 };
}
