// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/compose.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"
#include "fs/remove.h"

/* Whether two regular files have the same contents: 1, 0, or -1 with errno. */
static int filesame(const char *a, const char *b)
{
	struct buf x = { 0 }, y = { 0 };
	int ret = -1;

	if (fileread(a, &x) == 0 && fileread(b, &y) == 0)
		ret = x.len == y.len && (x.len == 0 || memcmp(x.data, y.data, x.len) == 0);
	buffree(&x);
	buffree(&y);
	return ret;
}

static char *linkread(const char *path)
{
	size_t size = 256;

	for (;;) {
		char *target = xmalloc(size);
		ssize_t n = readlink(path, target, size);

		if (n >= 0 && (size_t)n < size) {
			target[n] = '\0';
			return target;
		}
		free(target);
		if (n < 0)
			return NULL;
		size *= 2;
	}
}

static int linksame(const char *a, const char *b)
{
	char *x = linkread(a);
	char *y = linkread(b);
	int ret = x && y ? strcmp(x, y) == 0 : -1;

	free(x);
	free(y);
	return ret;
}

static int linkcopy(const char *from, const char *to)
{
	char *target = linkread(from);
	int ret = target ? symlink(target, to) : -1;

	free(target);
	return ret;
}

static int filecopy(const char *from, const char *to, const struct stat *st)
{
	struct timespec times[2] = { st->st_atim, st->st_mtim };
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int ret = out < 0 ? -1 : fdcopy(in, out);

	if (ret == 0)
		ret = fchmod(out, st->st_mode & 07777);
	if (ret == 0)
		ret = futimens(out, times);
	int err = errno;

	if (in >= 0)
		close(in);
	if (out >= 0 && close(out) < 0 && ret == 0) {
		err = errno;
		ret = -1;
	}
	errno = err;
	return ret;
}

/* Whether to is already the same as from: 1, 0, -1 with errno. */
static int nodesame(const char *from, const struct stat *a, const char *to, const struct stat *b)
{
	if ((a->st_mode & S_IFMT) != (b->st_mode & S_IFMT))
		return 0;
	if (S_ISLNK(a->st_mode))
		return linksame(from, to);
	if (a->st_mode != b->st_mode)
		return 0;
	return S_ISREG(a->st_mode) ? filesame(from, to) : 1;
}

static char *conflict(const struct part *parts, size_t upto, const char *rel)
{
	const char *other = "an earlier one";

	for (size_t i = 0; i < upto; i++) {
		char *path = pathjoin(parts[i].dir, rel);
		struct stat st;
		bool there = lstat(path, &st) == 0;

		free(path);
		if (there) {
			other = parts[i].name;
			break;
		}
	}
	return xasprintf("%s and %s both bring %s, and they differ", other, parts[upto].name, rel);
}

/* Copy the tree of parts[at], from rel downwards, into dir. */
static int treecopy(const char *dir, const struct part *parts, size_t at, const char *rel,
		    char **why);

static int nodecopy(const char *dir, const struct part *parts, size_t at, const char *rel,
		    char **why)
{
	char *from = pathjoin(parts[at].dir, rel);
	char *to = pathjoin(dir, rel);
	struct stat a, b;
	int ret = lstat(from, &a);

	if (ret == 0 && lstat(to, &b) == 0) {
		int same = nodesame(from, &a, to, &b);

		if (same == 0) {
			*why = conflict(parts, at, rel);
			ret = -1;
		} else if (same < 0) {
			ret = -1;
		} else if (S_ISDIR(a.st_mode)) {
			ret = treecopy(dir, parts, at, rel, why);
		}
	} else if (ret == 0 && S_ISDIR(a.st_mode)) {
		ret = mkdir(to, 0755);
		if (ret == 0)
			ret = treecopy(dir, parts, at, rel, why);
		if (ret == 0)
			ret = chmod(to, a.st_mode & 07777);
	} else if (ret == 0 && S_ISLNK(a.st_mode)) {
		ret = linkcopy(from, to);
	} else if (ret == 0 && S_ISREG(a.st_mode)) {
		ret = filecopy(from, to, &a);
	} else if (ret == 0) {
		*why = xasprintf("%s is not a file, directory or symbolic link", from);
		ret = -1;
	}
	if (ret < 0 && !*why)
		*why = xasprintf("cannot copy %s to %s: %s", from, to, strerror(errno));
	free(from);
	free(to);
	return ret;
}

static int treecopy(const char *dir, const struct part *parts, size_t at, const char *rel,
		    char **why)
{
	char *from = *rel ? pathjoin(parts[at].dir, rel) : xstrdup(parts[at].dir);
	struct strlist names = { 0 };
	int ret = dirlist(from, &names);

	if (ret < 0 && !*rel && errno == ENOENT)
		ret = 0;
	else if (ret < 0)
		*why = xasprintf("cannot read %s: %s", from, strerror(errno));
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *sub = pathjoin(rel, names.item[i]);

		ret = nodecopy(dir, parts, at, sub, why);
		free(sub);
	}
	listfree(&names);
	free(from);
	return ret;
}

int compose(const char *dir, const struct part *parts, size_t nparts, char **why)
{
	*why = NULL;
	if (treeremove(dir) < 0 || mkdirs(dir) < 0) {
		*why = xasprintf("cannot recreate %s: %s", dir, strerror(errno));
		return -1;
	}
	for (size_t i = 0; i < nparts; i++) {
		if (treecopy(dir, parts, i, "", why) < 0)
			return -1;
	}
	return 0;
}
