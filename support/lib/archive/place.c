// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"

/*
 * Attributes of directories are set last: the mode could forbid writing, and the time would change.
 */
struct dirattr {
	char *path;   /* owned */
	size_t order; /* for the same path, the later one counts */
	struct placeattr attr;
};

int placeopen(struct place *p, const char *dir, struct placepolicy policy)
{
	*p = (struct place){ .policy = policy, .parent = -1 };
	p->top = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC | (policy.linked ? 0 : O_NOFOLLOW));
	return p->top < 0 ? -1 : 0;
}

static void parentclose(struct place *p)
{
	if (p->parent >= 0)
		close(p->parent);
	p->parent = -1;
	free(p->parentof);
	p->parentof = NULL;
}

/* Make the directory name in dir, which no entry names; its path has len bytes. 0, or -1 with
 * errno. */
static int parentmake(struct place *p, int dir, const char *name, size_t len)
{
	if (!p->policy.parents)
		return -1;
	p->beyond = p->policy.bound ? boundkeep(p->policy.bound, len) : NULL;
	if (p->beyond) {
		errno = E2BIG;
		return -1;
	}
	return mkdirat(dir, name, 0755);
}

/* Open the directory name in dir, whose path has len bytes, and close dir. */
static int enter(struct place *p, int dir, const char *name, size_t len)
{
	const int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int next = openat(dir, name, flags), err;

	if (next < 0 && errno == ENOENT && parentmake(p, dir, name, len) == 0)
		next = openat(dir, name, flags);
	err = errno;
	close(dir);
	errno = err == ELOOP ? ENOTDIR : err;
	return next;
}

int placeparent(struct place *p, const char *path, const char **name)
{
	char *dir = pathparent(path), *part = dir;
	int fd;

	*name = pathlast(path);
	if (p->parent >= 0 && strcmp(dir, p->parentof) == 0) {
		free(dir);
		return 0;
	}
	parentclose(p);
	fd = fcntl(p->top, F_DUPFD_CLOEXEC, 0);
	while (fd >= 0 && part && *part) {
		char *slash = strchr(part, '/');

		if (slash)
			*slash = '\0';
		fd = enter(p, fd, part, strlen(dir));
		if (fd >= 0 && slash)
			*slash = '/';
		part = slash ? slash + 1 : NULL;
	}
	if (fd < 0) {
		free(p->stopped);
		p->stopped = dir;
		return -1;
	}
	p->parent = fd;
	p->parentof = dir;
	return 0;
}

mode_t placetype(struct place *p, const char *path)
{
	const char *name;
	struct stat st;

	if (placeparent(p, path, &name) < 0 ||
	    fstatat(p->parent, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	return st.st_mode & S_IFMT;
}

/*
 * Handle errno after name of this type could not be created. If it is EEXIST, remove the existing
 * entry as the policy allows. With keep, an entry of the same type may stay. Returns 1 if it stays,
 * 0 if the name is free now, -1 on error.
 */
static int makeway(const struct place *p, const char *name, mode_t type, bool keep)
{
	enum placeagain again = p->policy.again;
	bool same, stays;
	struct stat st;

	if (errno != EEXIST || again == AGAIN_NEVER)
		return -1;
	if (fstatat(p->parent, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	same = (st.st_mode & S_IFMT) == type;
	stays = same && (S_ISDIR(type) || (keep && again == AGAIN_ANY));
	if (stays)
		return 1;
	if (!same && again == AGAIN_SAME) {
		errno = EEXIST;
		return -1;
	}
	return unlinkat(p->parent, name, S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0);
}

int placedir(struct place *p, const char *path, const struct placeattr *a)
{
	const char *name;

	if (placeparent(p, path, &name) < 0)
		return -1;
	while (*path && mkdirat(p->parent, name, 0700) < 0) {
		int way = makeway(p, name, S_IFDIR, true);

		if (way < 0)
			return -1;
		if (way > 0)
			break;
	}
	if (p->ndirs == p->dircap) {
		p->dircap = p->dircap ? 2 * p->dircap : 64;
		p->dir = xrealloc(p->dir, p->dircap * sizeof(*p->dir));
	}
	p->dir[p->ndirs] = (struct dirattr){ xstrdup(path), p->ndirs, *a };
	p->ndirs++;
	return 0;
}

int placerewrite(struct place *p, const char *path)
{
	const char *name;

	if (placeparent(p, path, &name) < 0)
		return -1;
	if (placetype(p, path) != S_IFREG) {
		errno = EEXIST;
		return -1;
	}
	if (fchmodat(p->parent, name, 0600, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	return openat(p->parent, name, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
}

int placefile(struct place *p, const char *path)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	const char *name;
	int fd, way;

	if (placeparent(p, path, &name) < 0)
		return -1;
	while ((fd = openat(p->parent, name, flags, 0600)) < 0) {
		way = makeway(p, name, S_IFREG, true);
		if (way < 0)
			return -1;
		if (way > 0)
			return placerewrite(p, path);
	}
	return fd;
}

int placeclose(int fd, const struct placeattr *a)
{
	const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, a->mtime };
	/* Set the owner first: chown clears the set-id bits. */
	bool good = (!a->owned || fchown(fd, a->uid, a->gid) == 0) && fchmod(fd, a->mode) == 0 &&
		    (!a->timed || futimens(fd, times) == 0);
	int err = errno;

	if (close(fd) < 0)
		return -1;
	errno = err;
	return good ? 0 : -1;
}

/* Do placeset for an entry that is known to have this type. */
static int attrset(const struct place *p, const char *name, mode_t type, const struct placeattr *a)
{
	const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, a->mtime };

	if (a->owned && fchownat(p->parent, name, a->uid, a->gid, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	if (!S_ISLNK(type) && fchmodat(p->parent, name, a->mode, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	return a->timed ? utimensat(p->parent, name, times, AT_SYMLINK_NOFOLLOW) : 0;
}

int placesymlink(struct place *p, const char *path, const char *target, const struct placeattr *a)
{
	const char *name;

	if (placeparent(p, path, &name) < 0)
		return -1;
	while (symlinkat(target, p->parent, name) < 0) {
		if (makeway(p, name, S_IFLNK, false) < 0)
			return -1;
	}
	return attrset(p, name, S_IFLNK, a);
}

int placelink(struct place *p, const char *path, const char *old)
{
	const char *name, *oldname;
	int dir, ret = -1, way = 0, err;

	if (placeparent(p, old, &oldname) < 0)
		return -1;
	dir = fcntl(p->parent, F_DUPFD_CLOEXEC, 0);
	if (dir < 0)
		return -1;
	if (placeparent(p, path, &name) == 0) {
		while (way == 0 && (ret = linkat(dir, oldname, p->parent, name, 0)) < 0)
			way = makeway(p, name, S_IFREG, false);
	}
	err = errno;
	close(dir);
	errno = err;
	return ret;
}

int placenode(struct place *p, const char *path, mode_t type, dev_t device)
{
	const char *name;

	if (placeparent(p, path, &name) < 0)
		return -1;
	while (mknodat(p->parent, name, type | 0600, device) < 0) {
		int way = makeway(p, name, type, true);

		if (way)
			return way < 0 ? -1 : 0;
	}
	return 0;
}

int placeset(struct place *p, const char *path, mode_t type, const struct placeattr *a)
{
	const char *name;
	struct stat st;

	if (placeparent(p, path, &name) < 0)
		return -1;
	if (!*name)
		name = ".";
	if (fstatat(p->parent, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	/* A hard link may have replaced it by a symbolic link, which chmod would follow. */
	if ((st.st_mode & S_IFMT) != type) {
		errno = EEXIST;
		return -1;
	}
	return attrset(p, name, type, a);
}

/* Sort deeper directories first: their parent may become inaccessible when its mode is set. */
static int deepfirst(const void *a, const void *b)
{
	const struct dirattr *x = a, *y = b;
	int cmp = strcmp(y->path, x->path);

	if (cmp == 0)
		cmp = x->order < y->order ? -1 : 1;
	return cmp;
}

int placeend(struct place *p, void (*failed)(void *arg, const char *path), void *arg)
{
	int ret = 0;

	if (p->ndirs)
		qsort(p->dir, p->ndirs, sizeof(*p->dir), deepfirst);
	for (size_t i = 0; i < p->ndirs; i++) {
		const struct dirattr *d = &p->dir[i];

		/* Another entry may have replaced the directory. */
		if (placeset(p, d->path, S_IFDIR, &d->attr) < 0 && errno != EEXIST) {
			failed(arg, d->path);
			ret = -1;
		}
	}
	return ret;
}

void placefree(struct place *p)
{
	for (size_t i = 0; i < p->ndirs; i++)
		free(p->dir[i].path);
	free(p->dir);
	free(p->stopped);
	parentclose(p);
	if (p->top >= 0)
		close(p->top);
	*p = (struct place){ .top = -1, .parent = -1 };
}
