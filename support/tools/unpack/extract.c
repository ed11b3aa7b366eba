// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "name.h"
#include "stream.h"
#include "tree.h"

/* An archive may hold this many times its own size (gzip reaches 1032), or this many bytes. */
#define GROWTH	   1100
#define GROWTH_MIN (64LL << 20)

struct job {
	struct extract *x;
	struct archive *in, *out;
	struct stream *stream; /* NULL for zip, which is read directly */
	struct tree tree;
	off_t limit; /* bytes that unpacked files may have together; 0: not known */
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

/* Fail because an operation of libarchive did: on entry raw, or on none of them (NULL). */
static int broken(struct job *j, struct archive *a, const char *raw)
{
	const char *text = archive_error_string(a);
	char *name;
	int ret;

	/* The stream under the reader knows better, and its trouble is not of one entry. */
	if (a == j->in && j->stream && streamerror(j->stream))
		return fail(j, xstrdup(streamerror(j->stream)));
	if (!raw)
		return fail(j,
			    xasprintf("cannot read it as tar or zip: %s", text ? text : "damaged"));
	name = namequote(raw);
	ret = fail(j, xasprintf("entry %s: %s", name, text ? text : "cannot be unpacked"));
	free(name);
	return ret;
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
	const char *why = namerefuse(archive_entry_hardlink(e));
	char *target, *text = NULL, *quoted;

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

/* Copy the data of the entry last read to the one last written. */
static int datacopy(struct job *j, const char *raw)
{
	const void *data;
	size_t len;
	la_int64_t offset, end = 0;
	int ret;

	while ((ret = archive_read_data_block(j->in, &data, &len, &offset)) == ARCHIVE_OK) {
		if (streaminterrupted())
			return fail(j, xstrdup("interrupted"));
		end = offset + (la_int64_t)len;
		if (j->limit && j->total + end > j->limit)
			return refuse(j, raw, "it is far too large for the size of the archive");
		if (archive_write_data_block(j->out, data, len, offset) != ARCHIVE_OK)
			return broken(j, j->out, raw);
	}
	j->total += end;
	return ret == ARCHIVE_EOF ? 0 : broken(j, j->in, raw);
}

static int entrywrite(struct job *j, struct archive_entry *e, const char *raw)
{
	if (archive_write_header(j->out, e) != ARCHIVE_OK)
		return broken(j, j->out, raw);
	if ((!archive_entry_size_is_set(e) || archive_entry_size(e) > 0) && datacopy(j, raw) < 0)
		return -1;
	if (archive_write_finish_entry(j->out) != ARCHIVE_OK)
		return broken(j, j->out, raw);
	j->x->count++;
	return 0;
}

/* Check one entry, and unpack it if it is among those that are wanted. */
static int entryunpack(struct job *j, struct archive_entry *e, const char *raw)
{
	const char *why = namerefuse(raw);
	enum kind kind = why ? KIND_NONE : entrykind(e, &why);
	char *path;
	int ret = 0;

	if (kind == KIND_NONE)
		return refuse(j, raw, why);
	if (kind == KIND_FILE && !archive_entry_hardlink(e) &&
	    archive_entry_mtime(e) > j->x->newest)
		j->x->newest = archive_entry_mtime(e);
	path = nameclean(raw, j->x->strip);
	if (!*path) {
		if (kind != KIND_DIR && !j->x->only->len)
			ret = refuse(j, raw, "it has no directory that could be stripped");
	} else if (selected(j, path)) {
		ret = entryprepare(j, e, raw, path, kind);
		if (ret == 0)
			ret = entrywrite(j, e, raw);
	}
	free(path);
	return ret;
}

/* Read what is left of the stream after the last entry, so that its end is checked too. */
static int enddrain(struct job *j)
{
	off_t end = archive_filter_bytes(j->in, 0);
	const void *unused;
	ssize_t n;

	if (!j->stream)
		return 0;
	while ((n = streamread(j->stream, &unused)) > 0)
		;
	if (n < 0)
		return fail(j, xstrdup(streamerror(j->stream)));
	/* tar ends with two blocks of zeros, of which the reader may leave the second. */
	if (streamused(j->stream) > end)
		return fail(j, xstrdup("there is something else after its end"));
	if (end - streamused(j->stream) < 512)
		return fail(j, xstrdup("it ends early: its end mark is missing"));
	return 0;
}

static int entriesunpack(struct job *j)
{
	const struct strlist *only = j->x->only;
	struct archive_entry *e;
	const char *raw;
	char *copy;
	int ret;

	while ((ret = archive_read_next_header(j->in, &e)) == ARCHIVE_OK || ret == ARCHIVE_WARN) {
		if (streaminterrupted())
			return fail(j, xstrdup("interrupted"));
		j->seen++;
		raw = archive_entry_pathname(e);
		if (!raw)
			return fail(j, xstrdup("it has an entry whose name is not valid UTF-8"));
		copy = xstrdup(raw);
		ret = entryunpack(j, e, copy);
		free(copy);
		if (ret < 0)
			return -1;
	}
	if (ret != ARCHIVE_EOF)
		return broken(j, j->in, NULL);
	if (!j->seen)
		return fail(j, xstrdup("it holds nothing"));
	if (enddrain(j) < 0)
		return -1;
	for (size_t i = 0; i < only->len; i++) {
		if (!j->hit[i])
			return fail(j, xasprintf("it has nothing under '%s'", only->item[i]));
	}
	return j->x->count ? 0 : fail(j, xstrdup("it holds nothing but its top directory"));
}

static la_ssize_t streamfeed(struct archive *a, void *arg, const void **block)
{
	ssize_t n = streamread(arg, block);

	if (n < 0)
		archive_set_error(a, EIO, "%s", streamerror(arg));
	return n;
}

/* Open j->in on fd: zip by its directory, at the end of the file; tar through a stream. */
static int inputopen(struct job *j, int fd)
{
	off_t at = lseek(fd, 0, SEEK_CUR);
	struct stat st;
	char magic[2];
	int ret;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		j->limit = st.st_size > GROWTH_MIN / GROWTH ? st.st_size * GROWTH : GROWTH_MIN;
	if (pread(fd, magic, 2, at) == 2 && memcmp(magic, "PK", 2) == 0) {
		archive_read_support_format_zip_seekable(j->in);
		ret = archive_read_open_fd(j->in, fd, 65536);
	} else {
		archive_read_support_format_tar(j->in);
		archive_read_support_format_empty(j->in);
		j->stream = streamopen(fd, j->limit);
		if (!j->stream)
			return fail(j, xasprintf("cannot start to read it: %s", strerror(errno)));
		ret = archive_read_open(j->in, j->stream, NULL, streamfeed, NULL);
	}
	return ret == ARCHIVE_OK ? 0 : broken(j, j->in, NULL);
}

int extract(struct extract *x, int fd, const char *dir)
{
	struct job j = { .x = x, .in = archive_read_new(), .out = archive_write_disk_new() };
	int back = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int ret;

	if (!j.in || !j.out)
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
		ret = inputopen(&j, fd);
		if (ret == 0)
			ret = entriesunpack(&j);
		/* Sets the directories' times, now that nothing changes in them any more. */
		if (archive_write_close(j.out) != ARCHIVE_OK && ret == 0)
			ret = broken(&j, j.out, NULL);
		if (fchdir(back) < 0 && ret == 0)
			ret = fail(&j, xasprintf("cannot leave %s: %s", dir, strerror(errno)));
	}
	if (back >= 0)
		close(back);
	archive_read_free(j.in);
	archive_write_free(j.out);
	streamclose(j.stream);
	treefree(&j.tree);
	free(j.hit);
	return ret;
}
