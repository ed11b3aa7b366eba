// SPDX-License-Identifier: GPL-2.0-or-later
#include "unarchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archwhy.h"
#include "archive/entryname.h"
#include "base/size.h"
#include "input.h"
#include "unpacked.h"

/* An archive may hold this many times its own size (gzip reaches 1032), or this many bytes. */
#define GROWTH	   1100
#define GROWTH_MIN ((off_t)64 << 20)
#define PIPE_MAX   ((off_t)8 << 30) /* one whose size is not known */
#define TIME_MAX   ((long long)UINT32_MAX)

struct job {
	struct extract *x;
	struct input in;
	struct archive *out;
	struct tree tree;
	off_t limit; /* bytes that unpacked files may have together */
	off_t total; /* bytes they have so far */
	char *hit;   /* for each of x->only: nonzero once something was found below it */
	size_t seen; /* entries read so far, unpacked or not */
};

static int fail(struct job *j, char *error)
{
	free(j->x->error);
	j->x->error = error;
	return -1;
}

/* Fail because of entry raw; why stays the caller's. */
static int refuse(struct job *j, const char *raw, const char *why)
{
	char *name = namequote(raw);
	int ret = fail(j, xasprintf("entry %s is refused: %s", name, why));

	free(name);
	return ret;
}

/* Fail because entry raw could not be read or written, for the reason why, which is freed. */
static int broken(struct job *j, const char *raw, char *why)
{
	char *name = namequote(raw);
	int ret = fail(j, xasprintf("entry %s: %s", name, why));

	free(name);
	free(why);
	return ret;
}

/* Fail because the archive could not be read on: at entry raw, or between entries (NULL). */
static int unread(struct job *j, const char *raw)
{
	char *why = inputwhy(&j->in);

	/* The trouble of a stream is not of one entry. */
	if (raw && !(j->in.stream && streamerror(j->in.stream)))
		return broken(j, raw, why);
	return fail(j, why);
}

static int unwritten(struct job *j, const char *raw)
{
	return broken(j, raw, archwhy(j->out, "cannot be unpacked"));
}

/* What kind of thing e is; KIND_NONE, with *why set, for one that is refused. */
static enum kind entrykind(struct archive_entry *e, const char **why)
{
	if (archive_entry_hardlink(e))
		return KIND_FILE;
	switch (archive_entry_filetype(e)) {
	case AE_IFREG:
		if (archive_entry_perm(e) & (S_ISUID | S_ISGID)) {
			*why = "it has a set-id bit";
			return KIND_NONE;
		}
		return KIND_FILE;
	case AE_IFDIR:
		return KIND_DIR;
	case AE_IFLNK:
		return KIND_SYMLINK;
	case AE_IFCHR:
	case AE_IFBLK:
		*why = "it is a device node";
		return KIND_NONE;
	case AE_IFIFO:
		*why = "it is a fifo";
		return KIND_NONE;
	case AE_IFSOCK:
		*why = "it is a socket";
		return KIND_NONE;
	default:
		*why = "it is of a kind that is not known here";
		return KIND_NONE;
	}
}

/* Nonzero if path is among those that are wanted; notes for which of x->only it is. */
static int selected(struct job *j, const char *path)
{
	const struct strlist *only = j->x->only;
	int ret = 0;

	for (size_t i = 0; i < only->len; i++) {
		if (nameunder(path, only->item[i]))
			ret = j->hit[i] = 1;
	}
	return ret || !only->len;
}

/* Check e as a hard link, and point it to the path that its target has once stripped. */
static int linkprepare(struct job *j, struct archive_entry *e, const char *raw)
{
	const char *why = boundname(archive_entry_hardlink(e));
	char *target, *text = NULL, *quoted;

	if (!why)
		why = namerefuse(archive_entry_hardlink(e));
	if (why) {
		text = xasprintf("it is a hard link whose target is bad: %s", why);
	} else {
		target = nameclean(archive_entry_hardlink(e), j->x->strip);
		if (treekind(&j->tree, target) == KIND_FILE) {
			archive_entry_copy_hardlink(e, target);
		} else {
			quoted = namequote(archive_entry_hardlink(e));
			text = xasprintf(
				"it is a hard link to %s, which is no file unpacked before it",
				quoted);
			free(quoted);
		}
		free(target);
	}
	if (!text)
		return 0;
	refuse(j, raw, text);
	free(text);
	return -1;
}

/* Give e the name and mode it is to be written with. */
static int entryprepare(struct job *j, struct archive_entry *e, const char *raw, const char *path,
			enum kind kind)
{
	char *why;

	if (archive_entry_hardlink(e) && linkprepare(j, e, raw) < 0)
		return -1;
	if (kind == KIND_SYMLINK && (!archive_entry_symlink(e) || !*archive_entry_symlink(e)))
		return refuse(j, raw, "it is a symbolic link to nowhere");
	if (kind == KIND_SYMLINK && strlen(archive_entry_symlink(e)) > BOUND_NAME)
		return refuse(j, raw, "it is a symbolic link to a name longer than 4095 bytes");
	why = treeadd(&j->tree, path, kind);
	if (why) {
		refuse(j, raw, why);
		free(why);
		return -1;
	}
	archive_entry_copy_pathname(e, path);
	archive_entry_set_perm(e,
			       kind == KIND_DIR || archive_entry_perm(e) & S_IXUSR ? 0755 : 0644);
	return 0;
}

/* Refuse raw if its file of size bytes is too much, beside those that were unpacked before. */
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

/* Copy the data of the entry last read, of which it claims size bytes, to the one last written. */
static int datacopy(struct job *j, const char *raw, off_t size)
{
	const void *data;
	size_t len;
	int64_t offset;
	int ret;

	while ((ret = inputblock(&j->in, &data, &len, &offset)) == ARCHIVE_OK) {
		if (offset > INT64_MAX - (int64_t)len)
			return refuse(j, raw, "it has data beyond all bounds");
		if (offset + (off_t)len > size)
			size = offset + (off_t)len;
		if (sizecheck(j, raw, size) < 0)
			return -1;
		if (archive_write_data_block(j->out, data, len, offset) != ARCHIVE_OK)
			return unwritten(j, raw);
	}
	j->total += size;
	return ret == ARCHIVE_EOF ? 0 : unread(j, raw);
}

static int entrywrite(struct job *j, struct archive_entry *e, const char *raw)
{
	off_t size = archive_entry_size_is_set(e) ? archive_entry_size(e) : 0;

	if (size < 0)
		return refuse(j, raw, "its size is negative");
	/* A sparse file may claim much and hold nothing. */
	if (sizecheck(j, raw, size) < 0)
		return -1;
	if (archive_write_header(j->out, e) != ARCHIVE_OK)
		return unwritten(j, raw);
	if ((!archive_entry_size_is_set(e) || size > 0) && datacopy(j, raw, size) < 0)
		return -1;
	if (archive_write_finish_entry(j->out) != ARCHIVE_OK)
		return unwritten(j, raw);
	return 0;
}

/*
 * Bring the time of e to what cpio, make and file systems can have, 32 bits without a sign: what
 * is older becomes 1970, as tar's without a time do; what is newer would be newer than any build.
 */
static int timeprepare(struct job *j, struct archive_entry *e, const char *raw)
{
	if (archive_entry_mtime(e) > TIME_MAX)
		return refuse(j, raw, "its time is later than the year 2106");
	if (!archive_entry_mtime_is_set(e) || archive_entry_mtime(e) < 0)
		archive_entry_set_mtime(e, 0, 0);
	archive_entry_unset_atime(e);
	archive_entry_unset_birthtime(e);
	return 0;
}

/* Check one entry, and unpack it if it is among those that are wanted. */
static int entryunpack(struct job *j, struct archive_entry *e, const char *raw)
{
	const char *why = boundentry(&j->tree.bound, raw);
	enum kind kind = KIND_NONE;
	char *path;
	int ret = 0;

	if (!why)
		why = namerefuse(raw);
	if (!why)
		kind = entrykind(e, &why);
	if (kind == KIND_NONE)
		return refuse(j, raw, why);
	if (timeprepare(j, e, raw) < 0)
		return -1;
	if (kind == KIND_FILE && !archive_entry_hardlink(e) &&
	    archive_entry_mtime(e) > j->x->newest)
		j->x->newest = archive_entry_mtime(e);
	path = nameclean(raw, j->x->strip);
	if (*path && selected(j, path)) {
		ret = entryprepare(j, e, raw, path, kind);
		if (ret == 0)
			ret = entrywrite(j, e, raw);
		j->x->count += kind != KIND_DIR;
	} else if (!*path && kind != KIND_DIR && !j->x->only->len) {
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

/* How much may be unpacked, by what x says or by what fd is. */
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

/* Unpack from fd into the current directory. */
static int unpackhere(struct job *j, int fd)
{
	struct streamlimit limit = limitfind(j->x, fd);
	char *text = inputopen(&j->in, fd, &limit);
	int ret;

	j->limit = limit.most;
	ret = text ? fail(j, text) : entriesunpack(j);
	/* Sets the directories' times, now that nothing changes in them any more. */
	if (archive_write_close(j->out) != ARCHIVE_OK && ret == 0) {
		text = archwhy(j->out, "libarchive does not say why");
		ret = fail(j, xasprintf("cannot set the times of its directories: %s", text));
		free(text);
	}
	inputclose(&j->in);
	return ret;
}

int extract(struct extract *x, int fd, const char *dir)
{
	struct job j = { .x = x, .out = archive_write_disk_new() };
	int back = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int ret;

	if (!j.out)
		abort();
	x->count = 0;
	x->newest = -1;
	x->error = NULL;
	j.hit = xcalloc(x->only->len, 1);
	archive_write_disk_set_options(j.out, ARCHIVE_EXTRACT_TIME |
						      ARCHIVE_EXTRACT_SECURE_SYMLINKS |
						      ARCHIVE_EXTRACT_SECURE_NODOTDOT |
						      ARCHIVE_EXTRACT_SECURE_NOABSOLUTEPATHS);
	if (back < 0 || chdir(dir) < 0) {
		ret = fail(&j, xasprintf("cannot enter %s: %s", dir, strerror(errno)));
	} else {
		ret = unpackhere(&j, fd);
		if (fchdir(back) < 0 && ret == 0)
			ret = fail(&j, xasprintf("cannot leave %s: %s", dir, strerror(errno)));
	}
	if (back >= 0)
		close(back);
	archive_write_free(j.out);
	unpackedfree(&j.tree);
	free(j.hit);
	return ret;
}
