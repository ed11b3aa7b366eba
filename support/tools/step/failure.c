// SPDX-License-Identifier: GPL-2.0-or-later
#include "failure.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dirs.h"
#include "logend.h"

enum {
	SIGNALED = 128, /* a shell adds the signal's number to this */
	SIGNALS = 64,	/* that Linux has */
};

/* Errors of the machine, as programs print them at the end of a line. */
static const char *const lacks[] = {
	"No space left on device", "Disk quota exceeded", "Cannot allocate memory",
	"Input/output error",	   "Too many open files",
};

/* Whether a line of the log ends in ": " and text. */
static bool lineends(const char *log, const char *text)
{
	size_t len = strlen(text);

	for (const char *p = log; (p = strstr(p, text)); p += len) {
		if ((p[len] == '\n' || p[len] == '\0') && p >= log + 2 && p[-2] == ':' &&
		    p[-1] == ' ')
			return true;
	}
	return false;
}

/* Whether an exit status says that a signal ended it; git ends with 128, others with 255. */
static bool bysignal(int status)
{
	return status > SIGNALED && status <= SIGNALED + SIGNALS;
}

/* Whether a compiler reports that its child, or make that its command, was killed. */
static bool waskilled(const char *log)
{
	return strstr(log, ": Killed signal terminated program ") || strstr(log, "] Killed\n");
}

static const char *cause(const struct job *j, const char *step, const struct outcome *o, bool full)
{
	const char *ret = full ? "machine" : "script";
	struct buf log = { 0 };

	if (o->killed || bysignal(o->status)) {
		ret = "killed";
	} else if (o->status == 126 || o->status == 127) {
		/* the shell did not find a program, or could not run it */
		ret = "machine";
	} else if (!full) {
		logend(j, step, &log);
		if (waskilled(bufstr(&log)))
			ret = "killed";
		for (size_t i = 0; i < sizeof(lacks) / sizeof(*lacks); i++) {
			if (lineends(bufstr(&log), lacks[i]))
				ret = "machine";
		}
	}
	buffree(&log);
	return ret;
}

void failurerecord(const struct job *j, const char *step, const struct outcome *o, bool full)
{
	char *text = xasprintf("{ \"step\": \"%s\", \"exit\": %d, \"cause\": \"%s\" }\n", step,
			       o->status, cause(j, step, o, full));

	dirrecord(j, "failure", text, strlen(text));
	free(text);
}
