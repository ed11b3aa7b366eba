// SPDX-License-Identifier: GPL-2.0-or-later
#include "launcher.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/visible.h"
#include "fs/file.h"

const char *launchername(const struct settings *s)
{
	static const char *const names[] = { "ccache", "distcc", "icecc" };

	return names[s->by];
}

const char *compilername(const struct settings *s)
{
	const char *slash = strrchr(s->cc, '/');

	return slash ? slash + 1 : s->cc;
}

char *launchpath(const struct settings *s, const char *name)
{
	return pathjoin(s->dir, name);
}

/* Make DIR/told/name, whose slashes become dots. Returns whether it was not there. */
static bool first(const struct settings *s, const char *name)
{
	char *file = xasprintf("told/%s", name);
	char *path;
	int fd;

	for (char *p = strchr(file, '/') + 1; *p; p++) {
		if (*p == '/')
			*p = '.';
	}
	path = launchpath(s, file);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd >= 0)
		close(fd);
	free(path);
	free(file);
	return fd >= 0;
}

void say(const struct settings *s, const char *once, const char *fmt, ...)
{
	struct buf line = { 0 };
	char text[1024];
	va_list ap;

	if (once && !first(s, once))
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	bufputs(&line, "launch: ");
	bufvisible(&line, text, strlen(text));
	bufputc(&line, '\n');
	writeall(fcntl(s->say, F_GETFD) < 0 ? STDERR_FILENO : s->say, line.data, line.len);
	buffree(&line);
}
