// SPDX-License-Identifier: GPL-2.0-or-later
#include "problem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int problemadd(struct problems *p, const char *fmt, ...)
{
	int err = errno;
	size_t len = strlen(fmt);
	struct buf line = { 0 };
	char *text;
	va_list ap;

	if (p->count++ >= PROBLEMS_KEPT)
		return -1;
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	bufputs(&line, text ? text : fmt);
	if (len && fmt[len - 1] == ':')
		bufprintf(&line, " %s", strerror(err));
	listadd(&p->text, bufstr(&line));
	free(text);
	buffree(&line);
	return -1;
}

void problemfree(struct problems *p)
{
	listfree(&p->text);
	p->count = 0;
}
