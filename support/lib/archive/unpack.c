// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archwhy.h"
#include "archive/bound.h"
#include "archive/entryname.h"
#include "archive/pack.h"
#include "fs/file.h"

#define TOTALMAX (64LL << 30) /* bytes that files may have together: more is no package */

/* A directory gets its mode and time when all that is in it is there. */
struct dirlater {
	char *path; /* owned */
	mode_t mode;
	struct timespec mtime;
};

struct unpack {
	struct archive *in;
	int top;	/* the directory that is made */
	int parent;	/* the directory that was written to last, or -1 */
	char *parentof; /* its path below top; owned */
	struct dirlater *dir;
	size_t ndirs;
	long long total; /* bytes of files so far */
	struct bound bound;
	char **why;
};

/* The archive is not as packtree makes them. */
static int refuse(struct unpack *u, const char *what)
{
	*u->why = xstrdup(what);
	return 1;
}

static int damaged(struct unpack *u)
{
	char *text = archwhy(u->in, "damaged");

	*u->why = xasprintf("it cannot be unpacked: %s", text);
	free(text);
	return 1;
}

static int trouble(struct unpack *u, const char *path)
{
	*u->why = xasprintf("cannot write %s: %s", path, strerror(errno));
	return -1;
}

/*
 * Open the directory that path lies in, one component after the other and through no symbolic
 * link; *name is the last one. 0, or as the caller returns it.
 */
static int parentopen(struct unpack *u, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup("");
	char *rest = dir;
	const char *part;
	int fd, next;

	*name = slash ? slash + 1 : path;
	if (u->parent >= 0 && strcmp(dir, u->parentof) == 0) {
		free(dir);
		return 0;
	}
	if (u->parent >= 0)
		close(u->parent);
	free(u->parentof);
	u->parentof = xstrdup(dir);
	fd = openat(u->top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (fd >= 0 && *dir && (part = strsep(&rest, "/"))) {
		next = openat(fd, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(fd);
		fd = next;
	}
	u->parent = fd;
	free(dir);
	if (fd >= 0)
		return 0;
	if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)
		return refuse(u, "it has an entry whose directory is none");
	return trouble(u, path);
}

/* What making a path failed for: something of that name is there only in a bad archive. */
static int nomake(struct unpack *u, const char *path)
{
	return errno == EEXIST ? refuse(u, "it has two entries of one name") : trouble(u, path);
}

static int dirmake(struct unpack *u, const char *name, const char *path, mode_t mode,
		   const struct timespec *mtime)
{
	if (mkdirat(u->parent, name, 0700) < 0)
		return nomake(u, path);
	u->dir = xrealloc(u->dir, (u->ndirs + 1) * sizeof(*u->dir));
	u->dir[u->ndirs++] = (struct dirlater){ xstrdup(path), mode, *mtime };
	return 0;
}

/* Write the data of the entry last read. */
static int datamake(struct unpack *u, int fd, const char *path)
{
	la_int64_t offset, end = 0;
	const void *data;
	size_t len;
	int ret;

	while ((ret = archive_read_data_block(u->in, &data, &len, &offset)) == ARCHIVE_OK) {
		if (offset != end)
			return refuse(u, "it has a file with holes");
		end += (la_int64_t)len;
		u->total += (long long)len;
		if (u->total > TOTALMAX)
			return refuse(u, "it is far too large");
		if (writeall(fd, data, len) < 0)
			return trouble(u, path);
	}
	return ret == ARCHIVE_EOF ? 0 : damaged(u);
}

static int filemake(struct unpack *u, const char *name, const char *path, mode_t mode,
		    const struct timespec times[2])
{
	int fd =
		openat(u->parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	int ret;

	if (fd < 0)
		return nomake(u, path);
	ret = datamake(u, fd, path);
	if (ret == 0 && (fchmod(fd, mode) < 0 || futimens(fd, times) < 0))
		ret = trouble(u, path);
	if (close(fd) < 0 && ret == 0)
		ret = trouble(u, path);
	return ret;
}

static int linkmake(struct unpack *u, const char *name, const char *path, const char *target,
		    const struct timespec times[2])
{
	if (!target || !*target)
		return refuse(u, "it has a symbolic link to nowhere");
	if (symlinkat(target, u->parent, name) < 0)
		return nomake(u, path);
	if (utimensat(u->parent, name, times, AT_SYMLINK_NOFOLLOW) < 0)
		return trouble(u, path);
	return 0;
}

/* Make path another name of the file that the archive had as target. */
static int hardmake(struct unpack *u, const char *path, const char *target)
{
	const char *name, *old;
	struct stat st;
	int dir = -1, ret = -1;

	if (!nameplain(target))
		return refuse(u, "it has a hard link to a bad name");
	ret = parentopen(u, target, &old);
	if (ret == 0 && (dir = fcntl(u->parent, F_DUPFD_CLOEXEC, 0)) < 0)
		ret = trouble(u, path);
	if (ret == 0)
		ret = parentopen(u, path, &name);
	if (ret == 0 && (fstatat(dir, old, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
			 (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))))
		ret = refuse(u, "it has a hard link to what is no file of it");
	else if (ret == 0 && linkat(dir, old, u->parent, name, 0) < 0)
		ret = nomake(u, path);
	if (dir >= 0)
		close(dir);
	return ret;
}

static int entrymake(struct unpack *u, struct archive_entry *e, const char *path)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT },
				     { archive_entry_mtime(e), archive_entry_mtime_nsec(e) } };
	mode_t mode = archive_entry_perm(e) & 07777;
	const char *why, *name;
	int ret;

	if (!nameplain(path))
		return refuse(u, "it has an entry with a bad name");
	why = boundentry(&u->bound, path);
	if (why) {
		*u->why = xasprintf("it has an entry that is refused: %s", why);
		return 1;
	}
	if (archive_entry_hardlink(e))
		return hardmake(u, path, archive_entry_hardlink(e));
	ret = parentopen(u, path, &name);
	if (ret != 0)
		return ret;
	switch (archive_entry_filetype(e)) {
	case AE_IFREG:
		return filemake(u, name, path, mode, times);
	case AE_IFDIR:
		return dirmake(u, name, path, mode, &times[1]);
	case AE_IFLNK:
		return linkmake(u, name, path, archive_entry_symlink(e), times);
	default:
		return refuse(u, "it has an entry that is neither file, directory nor link");
	}
}

static int entriesmake(struct unpack *u)
{
	struct archive_entry *e;
	int ret;

	while ((ret = archive_read_next_header(u->in, &e)) == ARCHIVE_OK) {
		const char *raw = archive_entry_pathname(e);
		size_t len = raw ? strlen(raw) : 0;
		char *path;

		/* tar writes the names of directories with a slash behind. */
		if (len && archive_entry_filetype(e) == AE_IFDIR && raw[len - 1] == '/')
			len--;
		path = xstrndup(raw ? raw : "", len);
		ret = entrymake(u, e, path);
		free(path);
		if (ret != 0)
			return ret;
	}
	return ret == ARCHIVE_EOF ? 0 : damaged(u);
}

/* Backwards, for a directory that may not be written needs what is in it done before. */
static int dirsfinish(struct unpack *u)
{
	const char *name;
	int ret = 0;

	for (size_t i = u->ndirs; i-- > 0 && ret == 0;) {
		struct dirlater *d = &u->dir[i];
		struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, d->mtime };

		ret = parentopen(u, d->path, &name);
		if (ret == 0 && (fchmodat(u->parent, name, d->mode, 0) < 0 ||
				 utimensat(u->parent, name, times, AT_SYMLINK_NOFOLLOW) < 0))
			ret = trouble(u, d->path);
	}
	return ret;
}

static int inputopen(struct unpack *u, int fd)
{
	if (archive_read_support_filter_zstd(u->in) == ARCHIVE_OK &&
	    archive_read_support_format_tar(u->in) == ARCHIVE_OK &&
	    archive_read_open_fd(u->in, fd, 256 * 1024) == ARCHIVE_OK)
		return 0;
	return damaged(u);
}

int unpacktree(const char *dir, int fd, char **why)
{
	struct unpack u = { .in = archive_read_new(), .top = -1, .parent = -1, .why = why };
	int ret;

	if (!u.in)
		abort();
	*why = NULL;
	if (mkdir(dir, 0777) < 0 ||
	    (u.top = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) < 0) {
		ret = trouble(&u, dir);
	} else {
		ret = inputopen(&u, fd);
		if (ret == 0)
			ret = entriesmake(&u);
		if (ret == 0)
			ret = dirsfinish(&u);
	}
	archive_read_free(u.in);
	for (size_t i = 0; i < u.ndirs; i++)
		free(u.dir[i].path);
	free(u.dir);
	free(u.parentof);
	if (u.parent >= 0)
		close(u.parent);
	if (u.top >= 0)
		close(u.top);
	return ret;
}
