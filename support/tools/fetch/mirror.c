// SPDX-License-Identifier: GPL-2.0-or-later
#include "mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "digest.h"
#include "file.h"
#include "lock.h"

#define PATHAT (DIGESTHEX - 1 + 2) /* where the path starts in "SUM  PATH" */

/* Copy from to path: whole or not at all. */
static int filecopy(const char *from, const char *path)
{
	struct outfile out;
	char chunk[65536];
	ssize_t n = -1;
	int fd = open(from, O_RDONLY | O_CLOEXEC);
	int err;

	if (fd < 0)
		return -1;
	if (outopen(&out, path, 0666) == 0) {
		while ((n = readall(fd, chunk, sizeof(chunk))) > 0) {
			if (writeall(out.fd, chunk, (size_t)n) < 0) {
				n = -1;
				break;
			}
		}
		if (n == 0 && outsync(&out) == 0)
			n = outcommit(&out);
		else
			n = -1;
		outabort(&out);
	}
	err = errno;
	close(fd);
	errno = err;
	return (int)n;
}

/* Make path another name of the file at from, in place of what it was. */
static int filelink(const char *from, const char *path)
{
	char *temp = xasprintf("%s.tmp%ld", path, (long)getpid());
	int ret;

	unlink(temp);
	ret = link(from, temp);
	if (ret == 0 && rename(temp, path) < 0) {
		unlink(temp);
		ret = -1;
	}
	free(temp);
	return ret;
}

int mirrorfile(const char *dest, const char *path, const char *from, const char *sum)
{
	char *to = pathjoin(dest, path);
	char got[DIGESTHEX];
	int ret = 1;

	if (digestfile(to, got) == 0 && strcmp(got, sum) == 0)
		ret = 0;
	else if (mkparents(to) < 0 || (filelink(from, to) < 0 && filecopy(from, to) < 0))
		ret = -1;
	free(to);
	return ret;
}

/* Does list have a line for the file of this line? */
static int named(const struct strlist *list, const char *line)
{
	for (size_t i = 0; i < list->len; i++) {
		if (strcmp(list->item[i] + PATHAT, line + PATHAT) == 0)
			return 1;
	}
	return 0;
}

/* Add to list the lines of text whose files are in dest and that list does not have. */
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

static int sumsupdate(const char *dest, const char *path, const struct strlist *lines)
{
	struct strlist all = { 0 };
	struct buf text = { 0 };
	int ret = 0;

	for (size_t i = 0; i < lines->len; i++)
		listadd(&all, lines->item[i]);
	if (fileread(path, &text) == 0)
		addothers(dest, bufstr(&text), &all);
	else if (errno != ENOENT)
		ret = -1;
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

int mirrorsums(const char *dest, const struct strlist *lines)
{
	static const struct timespec pause = { .tv_nsec = 50000000 };
	char *path = pathjoin(dest, "SHA256SUMS");
	char *lockpath = pathjoin(dest, "SHA256SUMS.lock");
	struct lock lock = { .fd = -1 };
	int ret = mkdirs(dest);

	if (ret == 0) {
		/* Another run holds it only while it does what follows. */
		while ((ret = locktry(&lock, lockpath)) == 0)
			nanosleep(&pause, NULL);
	}
	if (ret > 0)
		ret = sumsupdate(dest, path, lines);
	lockdrop(&lock);
	free(lockpath);
	free(path);
	return ret;
}
