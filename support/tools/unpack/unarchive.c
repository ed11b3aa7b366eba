// SPDX-License-Identifier: GPL-2.0-or-later
#include "unarchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/bound.h"
#include "archive/entryname.h"
#include "archive/place.h"
#include "base/size.h"
#include "fs/file.h"
#include "input.h"
#include "sourceentry.h"

/*
 * Limits for the unpacked size: this factor of the archive's size (gzip reaches 1032), or at least
 * this many bytes.
 */
#define GROWTH	   1100
#define GROWTH_MIN ((off_t)64 << 20)
#define PIPE_MAX   ((off_t)8 << 30) /* for an archive of unknown size */

struct job {
	struct extract *x;
	struct input in;
	struct place place;
	struct bound bound;
	off_t limit; /* limit for the total bytes of unpacked files */
	off_t total; /* their total so far */
	bool *hit;   /* for each path in x->only: whether it matched */
	size_t seen; /* entries read so far, unpacked or not */
};

static int fail(struct job *j, char *error)
{
	free(j->x->error);
	j->x->error = error;
	return -1;
}

/* Fail because of entry raw. The caller keeps why. */
static int refuse(struct job *j, const char *raw, const char *why)
{
	char *name = namequote(raw);
	int ret = fail(j, xasprintf("entry %s is refused: %s", name, why));

	free(name);
	return ret;
}

/* Fail because entry raw could not be read or written. Frees why. */
static int broken(struct job *j, const char *raw, char *why)
{
	char *name = namequote(raw);
	int ret = fail(j, xasprintf("entry %s: %s", name, why));

	free(name);
	free(why);
	return ret;
}

/* Fail because of a read error in the archive, at entry raw or between entries (NULL). */
static int unread(struct job *j, const char *raw)
{
	char *why = inputwhy(&j->in);

	/* An error of the stream does not belong to an entry. */
	if (raw && !(j->in.stream && streamerror(j->in.stream)))
		return broken(j, raw, why);
	return fail(j, why);
}

static int unwritten(struct job *j, const char *raw)
{
	return broken(j, raw, xasprintf("Write failed: %s", strerror(errno)));
}

/* Return whether path is to be unpacked. Marks the path of x->only that it matches. */
static bool selected(struct job *j, const char *path)
{
	const struct strlist *only = j->x->only;
	bool ret = false;

	for (size_t i = 0; i < only->len; i++) {
		if (nameunder(path, only->item[i]))
			ret = j->hit[i] = true;
	}
	return ret || !only->len;
}

/* Fail because entry raw could not be created as path with this type. errno has the reason. */
static int unmade(struct job *j, const char *raw, const char *path, mode_t type)
{
	char *why;

	if (errno == ENOTDIR && j->place.stopped)
		why = xasprintf("it goes through '%s', which is %s", j->place.stopped,
				typephrase(placetype(&j->place, j->place.stopped)));
	else if (errno == EEXIST)
		why = xasprintf("it is %s, but an earlier entry made it %s", typephrase(type),
				typephrase(placetype(&j->place, path)));
	else if (errno == E2BIG && j->place.beyond)
		why = xstrdup(j->place.beyond);
	else
		return broken(j, raw, xasprintf("Can't create '%s': %s", path, strerror(errno)));
	refuse(j, raw, why);
	free(why);
	return -1;
}

/*
 * Return the path of the file that hard link e refers to, after strip. Caller frees. Returns NULL
 * on error.
 */
static char *linktarget(struct job *j, struct archive_entry *e, const char *raw)
{
	const char *link = archive_entry_hardlink(e), *why = boundname(link);
	char *target, *text, *quoted;

	if (!why)
		why = namerefuse(link);
	if (why) {
		text = xasprintf("it is a hard link whose target is bad: %s", why);
	} else {
		target = nameclean(link, j->x->strip);
		if (placetype(&j->place, target) == S_IFREG)
			return target;
		free(target);
		quoted = namequote(link);
		text = xasprintf("it is a hard link to %s, which is no file unpacked before it",
				 quoted);
		free(quoted);
	}
	refuse(j, raw, text);
	free(text);
	return NULL;
}

/* Refuse raw if its file of size bytes and the files unpacked so far exceed the limit. */
static int sizecheck(struct job *j, const char *raw, off_t size)
{
	char *most, *why;

	if (size <= j->limit - j->total)
		return 0;
	most = sizeformat((unsigned long long)j->limit);
	why = xasprintf("the files up to it have more than %s, far too large for the size of the "
			"archive: if it is right, give a larger --max-size",
			most);
	refuse(j, raw, why);
	free(why);
	free(most);
	return -1;
}

/* Copy the data of the current entry, whose header says size bytes, to the file fd. */
static int datacopy(struct job *j, const char *raw, int fd, off_t size)
{
	const void *data;
	size_t len;
	int64_t offset;
	off_t end = 0;
	int ret;

	while ((ret = inputblock(&j->in, &data, &len, &offset)) == ARCHIVE_OK) {
		if (offset > INT64_MAX - (int64_t)len)
			return refuse(j, raw, "it has data beyond all bounds");
		if (offset + (off_t)len > size)
			size = offset + (off_t)len;
		if (sizecheck(j, raw, size) < 0)
			return -1;
		if ((offset != end && lseek(fd, offset, SEEK_SET) < 0) ||
		    writeall(fd, data, len) < 0)
			return unwritten(j, raw);
		end = offset + (off_t)len;
	}
	j->total += size;
	if (ret != ARCHIVE_EOF)
		return unread(j, raw);
	return end < size && ftruncate(fd, size) < 0 ? unwritten(j, raw) : 0;
}

/* Write the data of entry raw to the file fd, and close fd. */
static int filefill(struct job *j, const char *raw, int fd, off_t size, const struct placeattr *a)
{
	int ret = datacopy(j, raw, fd, size);

	if (placeclose(fd, a) < 0 && ret == 0)
		ret = unwritten(j, raw);
	return ret;
}

/* Create path as a hard link to the file that e refers to. If e has data, write it to that file. */
static int linkwrite(struct job *j, struct archive_entry *e, const char *raw, const char *path,
		     const struct placeattr *a)
{
	bool filled = archive_entry_size_is_set(e) && archive_entry_size(e) > 0;
	char *target = linktarget(j, e, raw);
	int fd, ret;

	if (!target)
		return -1;
	if (strcmp(target, path) == 0) {
		free(target);
		return refuse(j, raw, "it is a hard link to itself");
	}
	ret = placelink(&j->place, path, target);
	free(target);
	if (ret < 0)
		return unmade(j, raw, path, S_IFREG);
	if (!filled)
		return inputskip(&j->in) == ARCHIVE_OK ? 0 : unread(j, raw);
	fd = placerewrite(&j->place, path);
	if (fd < 0)
		return unmade(j, raw, path, S_IFREG);
	return filefill(j, raw, fd, archive_entry_size(e), a);
}

static int symlinkwrite(struct job *j, struct archive_entry *e, const char *raw, const char *path,
			const struct placeattr *a)
{
	const char *target = archive_entry_symlink(e);

	if (!target || !*target)
		return refuse(j, raw, "it is a symbolic link to nowhere");
	if (strlen(target) > BOUND_NAME)
		return refuse(j, raw, "it is a symbolic link to a name longer than 4095 bytes");
	return placesymlink(&j->place, path, target, a) < 0 ? unmade(j, raw, path, S_IFLNK) : 0;
}

/* Create e, of that type, as path. */
static int entrywrite(struct job *j, struct archive_entry *e, const char *raw, const char *path,
		      mode_t type)
{
	off_t size = archive_entry_size_is_set(e) ? archive_entry_size(e) : 0;
	bool runs = S_ISDIR(type) || archive_entry_perm(e) & S_IXUSR;
	const struct placeattr a = {
		.mode = runs ? 0755 : 0644,
		.timed = true,
		.mtime = { archive_entry_mtime(e), archive_entry_mtime_nsec(e) },
	};
	int ret, fd;

	if (size < 0)
		return refuse(j, raw, "its size is negative");
	/* A sparse file may have a large size and no data. */
	if (sizecheck(j, raw, size) < 0)
		return -1;
	if (archive_entry_hardlink(e))
		return linkwrite(j, e, raw, path, &a);
	if (S_ISREG(type)) {
		fd = placefile(&j->place, path);
		return fd < 0 ? unmade(j, raw, path, type) : filefill(j, raw, fd, size, &a);
	}
	if (S_ISLNK(type))
		ret = symlinkwrite(j, e, raw, path, &a);
	else
		ret = placedir(&j->place, path, &a) < 0 ? unmade(j, raw, path, type) : 0;
	if (ret == 0 && inputskip(&j->in) != ARCHIVE_OK)
		ret = unread(j, raw);
	return ret;
}

/* Check one entry, and unpack it if it is selected. */
static int entryunpack(struct job *j, struct archive_entry *e, const char *raw)
{
	const char *why = boundentry(&j->bound, raw);
	mode_t type = 0;
	char *path;
	int ret = 0;

	if (!why)
		why = namerefuse(raw);
	if (!why)
		type = entrytype(e, &why);
	if (type)
		why = entrytime(e);
	if (why)
		return refuse(j, raw, why);
	if (S_ISREG(type) && !archive_entry_hardlink(e) && archive_entry_mtime(e) > j->x->newest)
		j->x->newest = archive_entry_mtime(e);
	path = nameclean(raw, j->x->strip);
	if (*path && selected(j, path)) {
		ret = entrywrite(j, e, raw, path, type);
		j->x->count += !S_ISDIR(type);
	} else if (!*path && !S_ISDIR(type) && !j->x->only->len) {
		ret = refuse(j, raw, "it has no directory that could be stripped");
	} else if (inputskip(&j->in) != ARCHIVE_OK) {
		ret = unread(j, raw);
	}
	free(path);
	return ret;
}

static int entriesunpack(struct job *j)
{
	const struct strlist *only = j->x->only;
	struct archive_entry *e;
	const char *raw;
	char *text;
	int ret;

	while ((ret = inputnext(&j->in, &e)) == ARCHIVE_OK || ret == ARCHIVE_WARN) {
		j->seen++;
		raw = archive_entry_pathname(e);
		if (!raw)
			return fail(j, xstrdup("it has an entry whose name is not valid UTF-8"));
		text = xstrdup(raw);
		ret = entryunpack(j, e, text);
		free(text);
		if (ret < 0)
			return -1;
	}
	if (ret != ARCHIVE_EOF)
		return unread(j, NULL);
	if (!j->seen)
		return fail(j, xstrdup("it holds nothing"));
	text = inputend(&j->in);
	if (text)
		return fail(j, text);
	for (size_t i = 0; i < only->len; i++) {
		if (!j->hit[i])
			return fail(j, xasprintf("it has nothing under '%s'", only->item[i]));
	}
	return j->x->count ? 0 : fail(j, xstrdup("it has no files, only directories"));
}

/* Return the limits that x sets, or that follow from the size of fd. */
static struct streamlimit limitfind(const struct extract *x, int fd)
{
	struct stat st;

	if (x->limit)
		return (struct streamlimit){ .most = x->limit };
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return (struct streamlimit){ PIPE_MAX, GROWTH, GROWTH_MIN };
	if (st.st_size < GROWTH_MIN / GROWTH)
		return (struct streamlimit){ .most = GROWTH_MIN };
	return (struct streamlimit){ .most = st.st_size > INT64_MAX / GROWTH
						     ? INT64_MAX
						     : st.st_size * GROWTH };
}

/* Called if the time of a directory could not be set, at the end. Report only one. */
static void untimed(void *arg, const char *path)
{
	struct job *j = arg;

	(void)path;
	if (!j->x->error)
		fail(j, xasprintf("cannot set the times of its directories: %s", strerror(errno)));
}

/* Unpack from fd. */
static int unpackfrom(struct job *j, int fd)
{
	struct streamlimit limit = limitfind(j->x, fd);
	char *text = inputopen(&j->in, fd, &limit);
	int ret;

	j->limit = limit.most;
	ret = text ? fail(j, text) : entriesunpack(j);
	if (ret == 0)
		ret = placeend(&j->place, untimed, j);
	inputclose(&j->in);
	return ret;
}

int extract(struct extract *x, int fd, const char *dir)
{
	struct job j = { .x = x };
	const struct placepolicy policy = { .parents = true,
					    .again = AGAIN_SAME,
					    .bound = &j.bound };
	int ret;

	x->count = 0;
	x->newest = -1;
	x->error = NULL;
	j.hit = xcalloc(x->only->len, sizeof(*j.hit));
	if (placeopen(&j.place, dir, policy) < 0)
		ret = fail(&j, xasprintf("cannot enter %s: %s", dir, strerror(errno)));
	else
		ret = unpackfrom(&j, fd);
	placefree(&j.place);
	free(j.hit);
	return ret;
}
