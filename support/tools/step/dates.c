// SPDX-License-Identifier: GPL-2.0-or-later
#include "dates.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/msg.h"
#include "dirs.h"
#include "fs/file.h"
#include "fs/outside.h"
#include "fs/seen.h"
#include "fs/tree.h"

#define MARGIN 10000000 /* nanoseconds: more than file systems round dates by */

static bool later(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

/* Return the date of dir/NAME, or 1970 if there is no such file. */
static struct timespec dateof(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);
	struct stat st = { 0 };

	if (stat(path, &st) < 0)
		st.st_mtim = (struct timespec){ 0 };
	free(path);
	return st.st_mtim;
}

/* The last build, and changes of the source files since it began. */
struct span {
	struct timespec begin;
	struct timespec looked; /* when the source files were last looked at, or a little earlier */
	struct timespec end;
	bool backdated;	      /* a file changed since, but has a date before begin */
	struct timespec edit; /* the earliest date of a file between begin and end; 1970: none */
};

static void lookatdates(struct span *s, struct timespec mtim, struct timespec ctim)
{
	if (!later(ctim, s->begin) || later(mtim, s->end))
		return;
	if (later(s->begin, mtim))
		s->backdated = true;
	else if (!s->edit.tv_sec || later(s->edit, mtim))
		s->edit = mtim;
}

static void lookat(struct span *s, const struct stat *st)
{
	lookatdates(s, st->st_mtim, st->st_ctim);
}

static void lookbelow(struct span *s, const struct treedir *dir)
{
	for (size_t i = 0; i < dir->len; i++) {
		if (dir->item[i].dir)
			lookbelow(s, dir->item[i].dir);
		else
			lookat(s, &dir->item[i].st);
	}
}

/* Look at what the source tree's links lead to. */
static void lookoutside(struct span *s, const struct strlist *outside)
{
	for (size_t i = 0; i < outside->len; i++) {
		struct treedir *dir = treeread(outside->item[i], ".git", NULL);
		struct stat st;

		if (dir)
			lookbelow(s, dir);
		else if (stat(outside->item[i], &st) == 0)
			lookat(s, &st);
		treefree(dir);
	}
}

/* Look at what was seen of the tree. Returns whether that is known. */
static bool lookatseen(const struct job *j, struct span *s)
{
	struct strlist links = { 0 }, outside = { 0 };
	struct snapshot seen = { 0 };

	if (!j->seen || seenread(j->seen, j->src, &seen, &s->looked) < 0)
		return false;
	for (size_t i = 0; i < seen.len; i++) {
		lookatdates(s, seen.item[i].mtim, seen.item[i].ctim);
		if (S_ISLNK(seen.item[i].mode))
			listadd(&links, seen.item[i].path);
	}
	if (outsidelinks(j->src, &links, ".git", j->packages, &outside, NULL) < 0)
		s->backdated = true; /* cannot be known: assume the worst */
	lookoutside(s, &outside);
	listfree(&outside);
	listfree(&links);
	snapshotfree(&seen);
	return true;
}

static void lookattree(const struct job *j, struct span *s)
{
	struct treedir *dir = treeread(j->src, ".git", NULL);
	struct strlist outside = { 0 };

	if (!dir && errno == ENOENT)
		return;
	if (dir)
		lookbelow(s, dir);
	if (!dir || outsidelist(j->src, dir, ".git", j->packages, &outside, NULL) < 0)
		s->backdated = true;
	treefree(dir);
	lookoutside(s, &outside);
	listfree(&outside);
}

static struct span lastbuild(const struct job *j)
{
	static struct span known; /* kept for the directory knowndir: reading a tree is slow */
	static const char *knowndir;
	static const char *const records[] = { "configure.log", "done/configure", "build.log",
					       "done/build" };
	struct span s = { .begin = dateof(j, "begun") };

	if (knowndir == j->dir && !later(s.begin, known.begin))
		return known;
	s.end = s.begin;
	for (size_t i = 0; i < sizeof(records) / sizeof(*records); i++) {
		struct timespec t = dateof(j, records[i]);

		if (later(t, s.end))
			s.end = t;
	}
	/* The clock that the kernel dates files with. A later change belongs to the next build. */
	clock_gettime(CLOCK_REALTIME_COARSE, &s.looked);
	/* Unpacked sources are only ever replaced as a whole. */
	if (!j->source.dir && s.begin.tv_sec && !lookatseen(j, &s))
		lookattree(j, &s);
	s.looked.tv_sec -= s.looked.tv_nsec < MARGIN;
	s.looked.tv_nsec += (s.looked.tv_nsec < MARGIN ? 1000000000 : 0) - MARGIN;
	knowndir = j->dir;
	known = s;
	return s;
}

const char *datesmislead(const struct job *j)
{
	struct span s = lastbuild(j);
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (later(s.end, now))
		return "the clock went back since the last build";
	return s.backdated ? "a source file was replaced by one with an older date" : NULL;
}

/* Set the date of all files below path that are not older than edit to just before it. */
static int age(const char *path, struct timespec edit)
{
	struct timespec before[2] = { { .tv_sec = edit.tv_sec - 1 },
				      { .tv_sec = edit.tv_sec - 1 } };
	struct strlist names = { 0 };
	struct stat st;
	int ret;

	if (lstat(path, &st) < 0)
		return -1;
	if (!S_ISDIR(st.st_mode))
		return later(edit, st.st_mtim)
			       ? 0
			       : utimensat(AT_FDCWD, path, before, AT_SYMLINK_NOFOLLOW);
	ret = dirlist(path, &names);
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *sub = pathjoin(path, names.item[i]);

		ret = age(sub, edit);
		free(sub);
	}
	listfree(&names);
	return ret;
}

void datesbegin(const struct job *j)
{
	struct span s = lastbuild(j);
	struct timespec times[2] = { s.looked, s.looked };
	char *build = jobpath(j, "build");
	char *begun = jobpath(j, "begun");

	if (s.edit.tv_sec && age(build, s.edit) < 0)
		die("cannot set the dates of files in %s:", build);
	dirrecord(j, "begun", "", 0);
	if (utimensat(AT_FDCWD, begun, times, 0) < 0)
		die("cannot set the date of %s:", begun);
	free(begun);
	free(build);
}
