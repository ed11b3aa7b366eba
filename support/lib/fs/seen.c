// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/seen.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/affix.h"
#include "fs/file.h"

#define FIRSTLINE "seen 1 "
#define LASTLINE  "end ."

/* The first line, of the tree at path at that time; caller frees. NULL if there is no such tree. */
static char *firstline(const char *path)
{
	char *real = realpath(path, NULL);
	char *line = real && !strchr(real, '\n') ? xasprintf(FIRSTLINE "%s", real) : NULL;

	free(real);
	return line;
}

int seenwrite(const char *file, const char *path, struct timespec looked, const struct treedir *dir)
{
	struct timespec never = { .tv_sec = LONG_MAX };
	char *line = firstline(path);
	struct snapshot s = { 0 };
	struct buf text = { 0 };
	int ret = -1, err = EINVAL;

	if (line && snapshotread(&s, dir) == 0) {
		bufprintf(&text, "%s\nlooked %lld.%ld\n", line, (long long)looked.tv_sec,
			  looked.tv_nsec);
		snapshotwrite(&s, 'S', never, &text);
		bufputs(&text, LASTLINE "\n");
		ret = filewrite(file, text.data, text.len, 0666);
		err = errno;
	}
	if (ret < 0)
		unlink(file);
	snapshotfree(&s);
	buffree(&text);
	free(line);
	errno = err;
	return ret;
}

/* Take all lines but the first one. Returns whether they are well formed, to the end. */
static bool takelines(struct snapshot *s, struct timespec *looked, char *p)
{
	char *line = p ? strsep(&p, "\n") : NULL;

	if (!line || !startswith(line, "looked "))
		return false;
	looked->tv_sec = strtoll(line + 7, &line, 10);
	looked->tv_nsec = *line == '.' ? strtol(line + 1, NULL, 10) : 0;
	while ((line = p ? strsep(&p, "\n") : NULL) && strcmp(line, LASTLINE) != 0) {
		if (!startswith(line, "S ") || !snapshotline(s, line + 2))
			return false;
	}
	return line != NULL;
}

int seenread(const char *file, const char *path, struct snapshot *s, struct timespec *looked)
{
	char *first = firstline(path), *p, *line;
	struct timespec at = { 0 };
	struct buf text = { 0 };
	bool good = first && fileread(file, &text) == 0 && strlen(bufstr(&text)) == text.len;

	p = text.data;
	line = good && p ? strsep(&p, "\n") : NULL;
	good = line && strcmp(line, first) == 0 && takelines(s, &at, p);
	if (good)
		*looked = at;
	else
		snapshotfree(s);
	buffree(&text);
	free(first);
	return good ? 0 : -1;
}
