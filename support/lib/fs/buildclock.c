// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/buildclock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"

enum {
	TICKFIRST = 1000000000,		     /* 2001-09-09 */
	TICKEND = TICKFIRST + TICKFIRST / 4, /* all ticks are earlier */
};

/* Return the newest tick of any file two levels below the clock's directory. */
static long ticknewest(const char *clock)
{
	const char *slash = strrchr(clock, '/');
	char *dir = slash ? xstrndup(clock, (size_t)(slash - clock)) : xstrdup(".");
	struct strlist names = { 0 };
	long newest = TICKFIRST;

	dirlist(dir, &names);
	for (size_t i = 0; i < names.len; i++) {
		struct strlist files = { 0 };
		char *sub = pathjoin(dir, names.item[i]);

		dirlist(sub, &files);
		for (size_t k = 0; k < files.len; k++) {
			char *path = pathjoin(sub, files.item[k]);
			struct stat st;

			if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_mtime > newest &&
			    st.st_mtime < TICKEND)
				newest = st.st_mtime;
			free(path);
		}
		listfree(&files);
		free(sub);
	}
	listfree(&names);
	free(dir);
	return newest;
}

/*
 * Set *tick to the next tick, and write it to the locked clock file open as fd. Returns 0, or -1
 * with errno.
 */
static int tickadvance(int fd, const char *clock, long *tick)
{
	struct timespec times[2];
	char text[32];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
	long last = 0;
	int len;

	if (n < 0)
		return -1;
	text[n] = '\0';
	if (n == 0 || sscanf(text, "%ld", &last) != 1 || last < TICKFIRST || last >= TICKEND)
		last = ticknewest(clock);
	*tick = last + 1;
	len = snprintf(text, sizeof(text), "%ld\n", *tick);
	n = pwrite(fd, text, (size_t)len, 0);
	if (n >= 0 && n != len)
		errno = ENOSPC;
	if (n != len)
		return -1;
	/* checked by buildclockverify */
	times[0] = times[1] = (struct timespec){ .tv_sec = *tick };
	return futimens(fd, times);
}

int buildclockset(const char *clock, const char *path)
{
	struct timespec times[2];
	long tick = 0;
	int fd = open(clock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	int ret;

	if (fd < 0)
		return -1;
	do
		ret = flock(fd, LOCK_EX);
	while (ret < 0 && errno == EINTR);
	if (ret == 0)
		ret = tickadvance(fd, clock, &tick);
	if (ret == 0) {
		times[0] = times[1] = (struct timespec){ .tv_sec = tick };
		ret = utimensat(AT_FDCWD, path, times, 0);
	}
	int err = errno;

	close(fd);
	errno = err;
	return ret;
}

int buildclocktouch(const char *clock, const char *path)
{
	char *temp;
	int ret;

	if (access(path, F_OK) == 0)
		return buildclockset(clock, path);
	/* Never show it with a time of the machine's clock, which is later than all ticks. */
	temp = xasprintf("%s.new", path);
	ret = filewrite(temp, "", 0, 0666);
	if (ret == 0)
		ret = buildclockset(clock, temp);
	if (ret == 0)
		ret = rename(temp, path);
	if (ret < 0) {
		int err = errno;

		unlink(temp);
		errno = err;
	}
	free(temp);
	return ret;
}

/* Remove the files named stamp in the directories next to the clock. */
static int stampsforget(const char *clock)
{
	const char *slash = strrchr(clock, '/');
	char *dir = slash ? xstrndup(clock, (size_t)(slash - clock)) : xstrdup(".");
	struct strlist names = { 0 };
	int ret = dirlist(dir, &names);

	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *stamp = xasprintf("%s/%s/stamp", dir, names.item[i]);

		if (unlink(stamp) < 0 && errno != ENOENT && errno != ENOTDIR)
			ret = -1;
		free(stamp);
	}
	listfree(&names);
	free(dir);
	return ret;
}

int buildclockverify(const char *clock)
{
	struct buf text = { 0 };
	struct stat st;
	int ret = 0;

	if (stat(clock, &st) < 0)
		return errno == ENOENT ? 0 : -1;
	if (fileread(clock, &text) == 0 && strtol(bufstr(&text), NULL, 10) != st.st_mtime)
		ret = stampsforget(clock);
	buffree(&text);
	return ret;
}
