// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"
#include "fs/remove.h"

/* Most directories open at a time, at any depth of the tree. */
#define OPENMAX 16

/* A directory that is being emptied. */
struct level {
	DIR *d;	    /* NULL: closed for now, to limit open descriptors */
	char *name; /* in the directory above; owned */
	dev_t dev;
	ino_t ino;
};

struct removal {
	struct level *level; /* from the top to the current one */
	size_t depth, cap;
};

/* Open the directory name below dirfd, and make it writable and searchable. */
static int diropen(int dirfd, const char *name)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(dirfd, name, flags);

	if (fd < 0 && errno == EACCES && fchmodat(dirfd, name, 0700, 0) == 0)
		fd = openat(dirfd, name, flags);
	if (fd >= 0)
		fchmod(fd, 0700);
	return fd;
}

/* Make the directory fd the current level. fd is closed on failure. */
static int enter(struct removal *r, int fd, const char *name)
{
	struct level *l;
	struct stat st;
	DIR *d = NULL;

	if (fd >= 0 && fstat(fd, &st) == 0)
		d = fdopendir(fd);
	if (!d) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (r->depth == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 32;
		r->level = xrealloc(r->level, r->cap * sizeof(*r->level));
	}
	if (r->depth >= OPENMAX) {
		l = &r->level[r->depth - OPENMAX];
		if (l->d)
			closedir(l->d);
		l->d = NULL;
	}
	r->level[r->depth++] = (struct level){ d, xstrdup(name), st.st_dev, st.st_ino };
	return 0;
}

/* Reopen level l, which is above the directory fd; reading it starts over. */
static int reopen(struct level *l, int fd)
{
	int up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (up >= 0 && fstat(up, &st) == 0) {
		if (st.st_dev == l->dev && st.st_ino == l->ino)
			l->d = fdopendir(up);
		else
			errno = ESTALE; /* directories were moved meanwhile: do not enter others */
	}
	if (l->d)
		return 0;
	if (up >= 0)
		close(up);
	return -1;
}

/* Leave the current level, now empty, and remove its directory. */
static int leave(struct removal *r, int topfd)
{
	struct level *l = &r->level[r->depth - 1];
	struct level *up = r->depth > 1 ? l - 1 : NULL;
	int ret = up && !up->d ? reopen(up, dirfd(l->d)) : 0;

	if (ret == 0)
		ret = unlinkat(up ? dirfd(up->d) : topfd, l->name, AT_REMOVEDIR);
	if (ret < 0)
		return -1;
	closedir(l->d);
	free(l->name);
	r->depth--;
	return 0;
}

/* Remove name below dirfd; if it is a directory, begin to empty it. */
static int begin(struct removal *r, int dirfd, const char *name)
{
	if (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return -1;
	return enter(r, diropen(dirfd, name), name);
}

int treeremove(const char *path)
{
	struct removal r = { 0 };
	int ret = begin(&r, AT_FDCWD, path);
	int err;

	while (ret == 0 && r.depth) {
		DIR *d = r.level[r.depth - 1].d;
		struct dirent *e = (errno = 0, readdir(d));

		if (!e)
			ret = errno ? -1 : leave(&r, AT_FDCWD);
		else if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			ret = begin(&r, dirfd(d), e->d_name);
	}
	err = errno;
	for (size_t i = 0; i < r.depth; i++) {
		if (r.level[i].d)
			closedir(r.level[i].d);
		free(r.level[i].name);
	}
	free(r.level);
	errno = err;
	return ret;
}

int treereplace(const char *new, const char *path)
{
	char *old = xasprintf("%s.whittle-old", path);
	struct stat st;
	int ret = 0;

	if (lstat(path, &st) < 0) {
		ret = errno == ENOENT ? 0 : -1;
	} else if (!S_ISDIR(st.st_mode) && !S_ISLNK(st.st_mode)) {
		errno = ENOTDIR;
		ret = -1;
	} else {
		ret = treeremove(old) < 0 ? -1 : rename(path, old);
	}
	if (ret == 0)
		ret = rename(new, path);
	if (ret == 0)
		ret = treeremove(old);
	free(old);
	return ret;
}
