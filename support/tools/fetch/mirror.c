// SPDX-License-Identifier: GPL-2.0-or-later
#include "mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/digest.h"
#include "fs/file.h"
#include "lock.h"
#include "loop.h"

#define PATHAT	 (DIGESTHEX - 1 + 2) /* offset of the path in "SUM  PATH" */
#define SUMS_MAX ((size_t)64 << 20)  /* bytes */

/* Copy the regular file at from to a new file at path, durably. */
static int filecopy(const char *from, const char *path)
{
	int in = regopen(from, O_RDONLY, 0);
	int out = in < 0 ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int ret = out < 0 || fdcopy(in, out) < 0 ? -1 : fsync(out);
	int err = errno;

	if (in >= 0)
		close(in);
	if (out >= 0 && close(out) < 0 && ret == 0)
		return -1;
	errno = err;
	return ret;
}

/*
 * Make path a hard link to from, which must not be a symbolic link: its target belongs to others.
 */
static int filelink(const char *from, const char *path)
{
	struct stat st;

	return lstat(from, &st) == 0 && S_ISREG(st.st_mode) ? link(from, path) : -1;
}

/*
 * Whether path is a regular file with digest sum. Returns 1, 0 if it can be written, or -1 with
 * *why.
 */
static int present(const char *path, const char *sum, char **why)
{
	char got[DIGESTHEX];
	struct stat st;

	if (lstat(path, &st) < 0 || S_ISLNK(st.st_mode))
		return 0; /* missing, or a link that is replaced */
	if (!S_ISREG(st.st_mode)) {
		*why = xstrdup("it exists but is not a regular file: remove it");
		return -1;
	}
	return digestreg(path, O_NOFOLLOW, got) == 0 && strcmp(got, sum) == 0;
}

/* Put the file at from, with digest sum, at path: completely, or not at all. */
static int put(const char *from, const char *path, const char *sum, char **why)
{
	char *temp = xasprintf("%s.tmp%ld", path, (long)getpid());
	char got[DIGESTHEX] = "";
	int ret = mkparents(path);

	if (ret == 0) {
		unlink(temp);
		ret = filelink(from, temp) == 0 ? 0 : filecopy(from, temp);
	}
	if (ret == 0)
		ret = digestreg(temp, O_NOFOLLOW, got);
	if (ret == 0 && strcmp(got, sum) != 0)
		*why = xasprintf("%s has changed: its digest is now %s", from, got);
	else if (ret < 0 || rename(temp, path) < 0)
		*why = xstrdup(strerror(errno));
	if (*why)
		unlink(temp);
	free(temp);
	return *why ? -1 : 1;
}

int mirrorfile(const char *dest, const char *path, const char *from, const char *sum, char **why)
{
	char *to = pathjoin(dest, path);
	int ret = present(to, sum, why);

	if (ret == 0)
		ret = put(from, to, sum, why);
	else if (ret > 0)
		ret = 0;
	free(to);
	return ret;
}

/* Whether list has a line for the same file as line. */
static bool named(const struct strlist *list, const char *line)
{
	for (size_t i = 0; i < list->len; i++) {
		if (strcmp(list->item[i] + PATHAT, line + PATHAT) == 0)
			return true;
	}
	return false;
}

/* Add the lines of text to list whose files exist in dest and that are not in list. */
static void addothers(const char *dest, const char *text, struct strlist *list)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);
		char *path = len > PATHAT ? pathjoin(dest, line + PATHAT) : NULL;

		if (path && !named(list, line) && access(path, F_OK) == 0)
			listadd(list, line);
		free(path);
		free(line);
		text += len + (text[len] == '\n');
	}
}

static int bypath(const void *a, const void *b)
{
	return strcmp(*(char *const *)a + PATHAT, *(char *const *)b + PATHAT);
}

/* Append the regular file at path to text, if it exists. */
static int sumsread(const char *path, struct buf *text)
{
	char chunk[65536];
	ssize_t n = 0;
	int fd = regopen(path, O_RDONLY, 0);
	int err;

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	while (text->len < SUMS_MAX && (n = readall(fd, chunk, sizeof(chunk))) > 0)
		bufadd(text, chunk, (size_t)n);
	err = errno;
	close(fd);
	errno = err;
	return n < 0 ? -1 : 0;
}

static int sumsupdate(const char *dest, const char *path, const struct strlist *lines)
{
	struct strlist all = { 0 };
	struct buf text = { 0 };
	int ret;

	for (size_t i = 0; i < lines->len; i++)
		listadd(&all, lines->item[i]);
	ret = sumsread(path, &text);
	if (ret == 0)
		addothers(dest, bufstr(&text), &all);
	bufclear(&text);
	if (all.len)
		qsort(all.item, all.len, sizeof(*all.item), bypath);
	for (size_t i = 0; i < all.len; i++)
		bufprintf(&text, "%s\n", all.item[i]);
	if (ret == 0)
		ret = fileupdate(path, bufstr(&text), text.len, 0666) < 0 ? -1 : 0;
	buffree(&text);
	listfree(&all);
	return ret;
}

int mirrorsums(const char *dest, const struct strlist *lines, char **why)
{
	static const struct timespec pause = { .tv_nsec = 50000000 };
	char *path = pathjoin(dest, "SHA256SUMS");
	char *lockpath = pathjoin(dest, "SHA256SUMS.lock");
	struct lock lock = { .fd = -1 };
	int ret = mkdirs(dest);

	if (ret == 0) {
		/* Another run holds the lock only for the following lines. */
		while ((ret = locktry(&lock, lockpath)) == 0 && !runstopped())
			nanosleep(&pause, NULL);
		if (ret == 0)
			errno = EINTR;
	}
	ret = ret > 0 ? sumsupdate(dest, path, lines) : -1;
	if (ret < 0)
		*why = xstrdup(errno == ENOTSUP ? "it, or its lock, exists but is not a regular "
						  "file: remove it"
						: strerror(errno));
	lockdrop(&lock);
	free(lockpath);
	free(path);
	return ret;
}
