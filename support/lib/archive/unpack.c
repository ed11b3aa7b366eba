// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archwhy.h"
#include "archive/bound.h"
#include "archive/entryname.h"
#include "archive/place.h"
#include "fs/file.h"

#define TOTALMAX (64LL << 30) /* limit for the total size of files; no package is larger */

struct unpack {
	struct archive *in;
	struct place place;
	long long total; /* bytes of files so far */
	struct bound bound;
	char **why;
};

/* Fail: packtree does not write such an archive. */
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

/* Report why path could not be created. Some errors mean a bad archive. */
static int nomake(struct unpack *u, const char *path)
{
	if (errno == EEXIST)
		return refuse(u, "it has two entries of one name");
	if (errno == ENOENT || errno == ENOTDIR)
		return refuse(u, "it has an entry whose directory is none");
	return trouble(u, path);
}

/* Write the data of the current entry. */
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

static int filemake(struct unpack *u, const char *path, const struct placeattr *a)
{
	int fd = placefile(&u->place, path);
	int ret;

	if (fd < 0)
		return nomake(u, path);
	ret = datamake(u, fd, path);
	if (placeclose(fd, a) < 0 && ret == 0)
		ret = trouble(u, path);
	return ret;
}

static int linkmake(struct unpack *u, const char *path, const char *target,
		    const struct placeattr *a)
{
	if (!target || !*target)
		return refuse(u, "it has a symbolic link to nowhere");
	return placesymlink(&u->place, path, target, a) < 0 ? nomake(u, path) : 0;
}

/* Create path as a hard link to target, a name in the archive. */
static int hardmake(struct unpack *u, const char *path, const char *target)
{
	const char *name;
	mode_t type;

	if (!nameplain(target))
		return refuse(u, "it has a hard link to a bad name");
	if (placeparent(&u->place, target, &name) < 0)
		return nomake(u, path);
	type = placetype(&u->place, target);
	if (type != S_IFREG && type != S_IFLNK)
		return refuse(u, "it has a hard link to what is no file of it");
	return placelink(&u->place, path, target) < 0 ? nomake(u, path) : 0;
}

static int entrymake(struct unpack *u, struct archive_entry *e, const char *path)
{
	struct placeattr a = {
		.mode = archive_entry_perm(e) & 07777,
		.timed = true,
		.mtime = { archive_entry_mtime(e), archive_entry_mtime_nsec(e) },
	};
	const char *why;

	if (!nameplain(path))
		return refuse(u, "it has an entry with a bad name");
	why = boundentry(&u->bound, path);
	if (why) {
		*u->why = xasprintf("it has an entry that is refused: %s", why);
		return 1;
	}
	if (archive_entry_hardlink(e))
		return hardmake(u, path, archive_entry_hardlink(e));
	switch (archive_entry_filetype(e)) {
	case AE_IFREG:
		return filemake(u, path, &a);
	case AE_IFDIR:
		return placedir(&u->place, path, &a) < 0 ? nomake(u, path) : 0;
	case AE_IFLNK:
		return linkmake(u, path, archive_entry_symlink(e), &a);
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

		/* tar writes the names of directories with a trailing slash. */
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

/* The mode and time of a directory could not be set. Report only one. */
static void unset(void *arg, const char *path)
{
	struct unpack *u = arg;

	if (!*u->why)
		trouble(u, path);
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
	const struct placepolicy policy = { .parents = false, .again = AGAIN_NEVER };
	struct unpack u = { .in = archive_read_new(), .place = { .top = -1 }, .why = why };
	int ret;

	if (!u.in)
		abort();
	*why = NULL;
	if (mkdir(dir, 0777) < 0 || placeopen(&u.place, dir, policy) < 0) {
		ret = trouble(&u, dir);
	} else {
		ret = inputopen(&u, fd);
		if (ret == 0)
			ret = entriesmake(&u);
		if (ret == 0)
			ret = placeend(&u.place, unset, &u);
	}
	archive_read_free(u.in);
	placefree(&u.place);
	return ret;
}
