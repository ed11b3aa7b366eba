// SPDX-License-Identifier: GPL-2.0-or-later
#include "dates.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "dirs.h"
#include "file.h"

static int later(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

/* The date of dir/NAME, or 1970 if there is no such file. */
static struct timespec dateof(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);
	struct stat st = { 0 };

	if (stat(path, &st) < 0)
		st.st_mtim = (struct timespec){ 0 };
	free(path);
	return st.st_mtim;
}

/*
 * Nonzero if a file below path changed after begin without a date that is after end: what was
 * made between the two seems to be newer.
 */
static int backdated(const char *path, int top, struct timespec begin, struct timespec end)
{
	struct strlist names = { 0 };
	struct stat st;
	int ret;

	if (lstat(path, &st) < 0)
		return 0;
	if (!S_ISDIR(st.st_mode))
		return later(st.st_ctim, begin) && !later(st.st_mtim, end);
	ret = dirlist(path, &names) < 0;
	for (size_t i = 0; !ret && i < names.len; i++) {
		char *sub = pathjoin(path, names.item[i]);

		ret = !(top && strcmp(names.item[i], ".git") == 0) && backdated(sub, 0, begin, end);
		free(sub);
	}
	listfree(&names);
	return ret;
}

void datesbegin(const struct job *j)
{
	dirrecord(j, "begun", "", 0);
}

const char *datesmislead(const struct job *j)
{
	static const char *const records[] = { "configure.log", "done/configure", "build.log",
					       "done/build" };
	struct timespec begin = dateof(j, "begun");
	struct timespec end = begin;
	struct timespec now;

	for (size_t i = 0; i < sizeof(records) / sizeof(*records); i++) {
		struct timespec t = dateof(j, records[i]);

		if (later(t, end))
			end = t;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	if (later(end, now))
		return "the clock went back since the last build";
	/* Unpacked sources are only ever replaced as a whole. */
	if (!j->source.dir && begin.tv_sec && backdated(j->src, 1, begin, end))
		return "a source file was replaced by one with an older date";
	return NULL;
}
