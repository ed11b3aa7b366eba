// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/msg.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/visible.h"

const char *progname = "whittle";

static void vtell(FILE *f, const char *fmt, va_list ap)
{
	struct buf line = { 0 };
	char *text = NULL;

	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	bufvisible(&line, text, strlen(text));
	free(text);
	fputs(bufstr(&line), f);
	buffree(&line);
}

void tell(FILE *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vtell(f, fmt, ap);
	va_end(ap);
}

static void vwarn(const char *fmt, va_list ap)
{
	int err = errno;
	size_t len = strlen(fmt);

	fflush(stdout);
	fprintf(stderr, "%s: ", progname);
	vtell(stderr, fmt, ap);
	if (len && fmt[len - 1] == ':')
		fprintf(stderr, " %s", strerror(err));
	fputc('\n', stderr);
	errno = err;
}

void warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarn(fmt, ap);
	va_end(ap);
}

void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarn(fmt, ap);
	va_end(ap);
	exit(EXIT_FAILED);
}

void dieusage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarn(fmt, ap);
	va_end(ap);
	fprintf(stderr, "%s: try '%s --help'\n", progname, progname);
	exit(EXIT_USAGE);
}
