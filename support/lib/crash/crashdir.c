// SPDX-License-Identifier: GPL-2.0-or-later
#include "crashdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"
#include "fs/remove.h"

#define PARTIAL ".new-"
#define BLOCK	512  /* bytes that st_blocks counts */
#define TRIES	1000 /* to make a directory that nobody sweeps before it is locked */

/* The bytes that path and all below it take on the disk. */
static uint64_t bytesof(const char *path)
{
	struct strlist names = { 0 };
	uint64_t sum = 0;
	struct stat st;

	if (lstat(path, &st) < 0)
		return 0;
	if (!S_ISDIR(st.st_mode))
		return (uint64_t)st.st_blocks * BLOCK / (st.st_nlink ? st.st_nlink : 1);
	if (dirlist(path, &names) == 0)
		for (size_t i = 0; i < names.len; i++) {
			char *one = pathjoin(path, names.item[i]);

			sum += bytesof(one);
			free(one);
		}
	listfree(&names);
	return sum;
}

static bool complete(const char *dir)
{
	char *core = pathjoin(dir, CRASH_CORE);
	bool there = access(core, F_OK) == 0;

	free(core);
	return there;
}

int crashlist(const char *dir, struct crashlist *out)
{
	struct strlist names = { 0 };

	if (dirlist(dir, &names) < 0)
		return errno == ENOENT ? 0 : -1;
	for (size_t i = 0; i < names.len; i++) {
		char *path = pathjoin(dir, names.item[i]);

		if (names.item[i][0] != '.' && complete(path)) {
			out->item = xrealloc(out->item, (out->len + 1) * sizeof(*out->item));
			out->item[out->len++] =
				(struct crashentry){ xstrdup(names.item[i]), bytesof(path) };
		}
		free(path);
	}
	listfree(&names);
	return 0;
}

void crashlistfree(struct crashlist *l)
{
	for (size_t i = 0; i < l->len; i++)
		free(l->item[i].name);
	free(l->item);
	*l = (struct crashlist){ 0 };
}

/* Make the directory once. */
static char *make(const char *dir, int *lock)
{
	char *path = xasprintf("%s/" PARTIAL "XXXXXX", dir);
	int err;

	*lock = -1;
	if (mkdirs(dir) == 0 && mkdtemp(path)) {
		*lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (*lock >= 0 && flock(*lock, LOCK_EX | LOCK_NB) == 0 && chmod(path, 0755) == 0)
			return path;
		err = errno;
		(void)treeremove(path);
		errno = err;
	}
	err = errno;
	if (*lock >= 0)
		close(*lock);
	*lock = -1;
	free(path);
	errno = err;
	return NULL;
}

char *crashnew(const char *dir, int *lock)
{
	char *path = make(dir, lock);

	/* Another process may have found it before it was locked: it is gone then. */
	for (int i = 1; !path && i < TRIES && (errno == ENOENT || errno == EWOULDBLOCK); i++)
		path = make(dir, lock);
	return path;
}

void crashsweep(const char *dir)
{
	struct strlist names = { 0 };

	if (dirlist(dir, &names) < 0)
		return;
	for (size_t i = 0; i < names.len; i++) {
		char *path = pathjoin(dir, names.item[i]);
		int fd = strncmp(names.item[i], PARTIAL, strlen(PARTIAL))
				 ? -1
				 : open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			(void)treeremove(path);
		if (fd >= 0)
			close(fd);
		free(path);
	}
	listfree(&names);
}

/*
 * Remove a crash. It loses its name first: what is left of it if we are killed is no crash, and the
 * next sweep finds it. Returns 1 if it did, 0 if another process was faster, or -1.
 */
static int drop(const char *dir, const char *name)
{
	char *path = pathjoin(dir, name), *partial = xasprintf("%s/" PARTIAL "%s", dir, name);
	int ret = treeremove(partial) == 0 && rename(path, partial) == 0 ? 1 : -1;

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	/* Another one may sweep it meanwhile. */
	if (ret == 1 && treeremove(partial) < 0 && errno != ENOENT)
		ret = -1;
	free(path);
	free(partial);
	return ret;
}

/* Remove the oldest crash, if all take more than max. Returns 1 if there was one, 0 if they do not.
 */
static int pruneone(const char *dir, uint64_t max, struct strlist *gone)
{
	struct crashlist all = { 0 };
	uint64_t sum = 0;
	int ret = crashlist(dir, &all);

	for (size_t i = 0; i < all.len; i++)
		sum += all.item[i].bytes;
	if (ret == 0 && all.len && sum > max) {
		ret = drop(dir, all.item[0].name);
		if (ret == 1)
			listadd(gone, all.item[0].name);
		ret = ret < 0 ? -1 : 1;
	}
	crashlistfree(&all);
	return ret;
}

int crashprune(const char *dir, uint64_t max, struct strlist *gone)
{
	int ret;

	/* What the rest takes is known when it is gone: they may share files. */
	do
		ret = pruneone(dir, max, gone);
	while (ret > 0);
	return ret;
}
