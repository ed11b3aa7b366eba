// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconfig/kline.h"

#include <string.h>

#include "kconfig/expr.h"

/* Return the next physical line, or NULL at the end. */
static char *physical(struct klines *l)
{
	size_t skip = l->prefix ? strlen(l->prefix) : 0;

	while (l->next < l->end) {
		char *line = l->next;
		size_t len = strcspn(line, "\n");

		line[len] = '\0';
		l->next = line + len + 1;
		l->number++;
		if (len && line[len - 1] == '\r')
			line[len - 1] = '\0';
		if (!skip || strncmp(line, l->prefix, skip) == 0)
			return line + skip;
	}
	return NULL;
}

/* Remove trailing blanks from the len bytes at line. Returns the new length. */
static size_t trim(char *line, size_t len)
{
	while (len && (line[len - 1] == ' ' || line[len - 1] == '\t'))
		len--;
	line[len] = '\0';
	return len;
}

/* Return the next line, joined with its continuation lines. */
static char *joined(struct klines *l)
{
	char *line = physical(l), *more;
	size_t len = line ? strlen(line) : 0;

	l->start = l->number;
	while (len && line[len - 1] == '\\') {
		len = trim(line, len - 1);
		more = physical(l);
		if (!more)
			break;
		more += strspn(more, " \t");
		line[len++] = ' ';
		memmove(line + len, more, strlen(more) + 1);
		len += strlen(line + len);
	}
	return line;
}

static void uncomment(char *line)
{
	for (char *p = line; *p;) {
		char *end = strchr("\"'$", *p) ? (char *)wordend(p) : p + 1;

		if (*p == '#') {
			*p = '\0';
			return;
		}
		p = end;
	}
}

static unsigned indent(const char *line)
{
	unsigned column = 0;

	for (; *line == ' ' || *line == '\t'; line++)
		column = *line == '\t' ? (column | 7) + 1 : column + 1;
	return column;
}

char *klinenext(struct klines *l)
{
	char *line;

	while ((line = joined(l))) {
		uncomment(line);
		trim(line, strlen(line));
		l->column = indent(line);
		line += strspn(line, " \t");
		if (*line)
			break;
	}
	return line;
}

struct khelp klinehelp(struct klines *l, struct buf *out)
{
	struct klines before = *l;
	struct khelp help = { 0 };
	char *line;

	while ((line = physical(l))) {
		if (line[strspn(line, " \t")] != '\0') {
			unsigned column = indent(line);

			if (!column || (help.line && column < help.column)) {
				*l = before;
				break;
			}
			if (!help.line)
				help = (struct khelp){ .line = l->number, .column = column };
		}
		if (out)
			bufprintf(out, "%s\n", line);
		before = *l;
	}
	return help;
}
