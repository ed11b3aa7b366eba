// SPDX-License-Identifier: GPL-2.0-or-later
#include "progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

static char *recordpath(const char *dir, const char *package, const char *step)
{
	return xasprintf("%s/%s.%s", dir, package, step);
}

const char *progressname(const char *step, bool continued)
{
	return continued && strcmp(step, "build") == 0 ? "build-on" : step;
}

struct progress progressread(const char *dir, const char *package, const char *step)
{
	struct progress p = { 0 };
	struct buf text = { 0 };
	char *path;

	if (!dir)
		return p;
	path = recordpath(dir, package, step);
	if (fileread(path, &text) < 0 ||
	    sscanf(bufstr(&text), "%ld %lf", &p.lines, &p.seconds) != 2 || p.lines < 0 ||
	    !(p.seconds > 0))
		p = (struct progress){ 0 };
	buffree(&text);
	free(path);
	return p;
}

void progresskeep(const char *dir, const char *package, const char *step, struct progress p)
{
	char *path = recordpath(dir, package, step);
	char *text = xasprintf("%ld %.1f\n", p.lines, p.seconds);

	if (mkparents(path) == 0)
		filewrite(path, text, strlen(text), 0666);
	free(text);
	free(path);
}

void progresssay(const struct progress *last, long lines, double seconds, struct buf *out)
{
	int ran = last->seconds > 0;
	double each; /* seconds per line */

	if (lines < 1) { /* no log, or none yet */
		if (last->seconds > seconds)
			bufprintf(out, "about %.0f s to go", last->seconds - seconds);
		return;
	}
	if (lines >= last->lines) {
		bufprintf(out, "%ld lines of log", lines);
		return;
	}
	bufprintf(out, "%ld of about %ld lines of log", lines, last->lines);
	/* Use the pace of this run once enough of it is done; before, that of the last run. */
	if (lines * (ran ? 20 : 8) > last->lines)
		each = seconds / (double)lines;
	else if (ran)
		each = last->seconds / (double)last->lines;
	else
		return;
	bufprintf(out, ", about %.0f s to go", (double)(last->lines - lines) * each);
}
