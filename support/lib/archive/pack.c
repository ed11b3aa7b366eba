// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archwhy.h"
#include "archive/bound.h"
#include "fs/file.h"
#include "fs/links.h"

struct pack {
	struct archive *out;
	struct archive_entry *entry; /* reused for every entry */
	char *chunk;		     /* CHUNK bytes */
	struct bound bound;
	struct links links; /* first name of each file with hard links; the strings are in names */
	struct strlist names;
	char **why;
};

enum {
	CHUNK = 256 * 1024,
};

/* Fail with errno's message for the file at rel. */
static int trouble(struct pack *p, const char *rel)
{
	*p->why = xasprintf("cannot read %s: %s", rel, strerror(errno));
	return -1;
}

static int broken(struct pack *p)
{
	char *text = archwhy(p->out, "libarchive does not say why");

	*p->why = xasprintf("cannot write: %s", text);
	free(text);
	return -1;
}

static int headput(struct pack *p, const char *rel, const struct stat *st, const char *target)
{
	struct archive_entry *e = archive_entry_clear(p->entry);

	archive_entry_copy_pathname(e, rel);
	archive_entry_set_mode(e, st->st_mode & (S_IFMT | 07777));
	archive_entry_set_mtime(e, st->st_mtim.tv_sec, st->st_mtim.tv_nsec);
	archive_entry_set_size(e, S_ISREG(st->st_mode) ? st->st_size : 0);
	if (target)
		archive_entry_copy_symlink(e, target);
	return archive_write_header(p->out, e) == ARCHIVE_OK ? 0 : broken(p);
}

/* Write a hard link to the entry first. */
static int hardput(struct pack *p, const char *rel, const struct stat *st, const char *first)
{
	struct archive_entry *e = archive_entry_clear(p->entry);

	archive_entry_copy_pathname(e, rel);
	archive_entry_set_mode(e, st->st_mode & (S_IFMT | 07777));
	archive_entry_copy_hardlink(e, first);
	return archive_write_header(p->out, e) == ARCHIVE_OK ? 0 : broken(p);
}

/* Write the content of the file fd, whose status is st. */
static int dataput(struct pack *p, int fd, const struct stat *st, const char *rel)
{
	int ret = headput(p, rel, st, NULL);

	for (off_t left = st->st_size; ret == 0 && left > 0;) {
		ssize_t n = readall(fd, p->chunk, left < CHUNK ? (size_t)left : CHUNK);

		if (n == 0)
			errno = ESTALE; /* the file was truncated meanwhile */
		if (n <= 0)
			ret = trouble(p, rel);
		else if (archive_write_data(p->out, p->chunk, (size_t)n) != n)
			ret = broken(p);
		left -= n;
	}
	return ret;
}

static int fileput(struct pack *p, int dirfd, const char *name, const char *rel)
{
	struct stat st = { 0 };
	int fd = openat(dirfd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int ret;

	if (fd < 0 || fstat(fd, &st) < 0)
		ret = trouble(p, rel);
	else
		ret = dataput(p, fd, &st, rel);
	if (fd >= 0)
		close(fd);
	return ret;
}

static int linkput(struct pack *p, int dirfd, const char *name, const char *rel,
		   const struct stat *st)
{
	ssize_t n = readlinkat(dirfd, name, p->chunk, CHUNK - 1);

	if (n < 0)
		return trouble(p, rel);
	p->chunk[n] = '\0';
	return headput(p, rel, st, p->chunk);
}

/*
 * Return the name under which the file or link was written before. If it is new, record it as rel
 * and return NULL.
 */
static const char *putbefore(struct pack *p, const struct stat *st, const char *rel)
{
	void **first = linkslot(&p->links, st->st_dev, st->st_ino);

	if (*first)
		return *first;
	listadd(&p->names, rel);
	*first = p->names.item[p->names.len - 1];
	return NULL;
}

static int dirput(struct pack *p, int fd, const char *rel);

static int nodeput(struct pack *p, int dirfd, const char *name, const char *rel)
{
	const char *why = boundentry(&p->bound, rel);
	struct stat st;
	const char *first = NULL;
	int ret;

	if (why) {
		*p->why = xasprintf("cannot pack %s: %s", rel, why);
		return -1;
	}
	if (fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return trouble(p, rel);
	if ((S_ISREG(st.st_mode) || S_ISLNK(st.st_mode)) && st.st_nlink > 1)
		first = putbefore(p, &st, rel);
	if (first)
		return hardput(p, rel, &st, first);
	if (S_ISREG(st.st_mode))
		return fileput(p, dirfd, name, rel);
	if (S_ISLNK(st.st_mode))
		return linkput(p, dirfd, name, rel, &st);
	if (!S_ISDIR(st.st_mode)) {
		*p->why = xasprintf("%s is neither file, directory nor symbolic link", rel);
		return -1;
	}
	ret = headput(p, rel, &st, NULL);
	if (ret == 0)
		ret = dirput(p,
			     openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
			     rel);
	return ret;
}

/* Write the contents of the directory fd, and close fd. */
static int dirput(struct pack *p, int fd, const char *rel)
{
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct strlist names = { 0 };
	struct dirent *e;
	int ret = 0;

	if (!d) {
		ret = trouble(p, *rel ? rel : "it");
		if (fd >= 0)
			close(fd);
		return ret;
	}
	while ((errno = 0, e = readdir(d))) {
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			listadd(&names, e->d_name);
	}
	if (errno)
		ret = trouble(p, *rel ? rel : "it");
	listsort(&names);
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *sub = pathjoin(rel, names.item[i]);

		ret = nodeput(p, fd, names.item[i], sub);
		free(sub);
	}
	listfree(&names);
	closedir(d);
	return ret;
}

static int outputopen(struct pack *p, int fd)
{
	/* Names are bytes, not text in a locale. */
	if (archive_write_set_format_pax(p->out) == ARCHIVE_OK &&
	    archive_write_set_format_option(p->out, "pax", "hdrcharset", "BINARY") == ARCHIVE_OK &&
	    archive_write_add_filter_zstd(p->out) == ARCHIVE_OK &&
	    archive_write_set_filter_option(p->out, "zstd", "compression-level", "3") ==
		    ARCHIVE_OK &&
	    archive_write_set_bytes_in_last_block(p->out, 1) == ARCHIVE_OK &&
	    archive_write_open_fd(p->out, fd) == ARCHIVE_OK)
		return 0;
	return broken(p);
}

int packtree(const char *dir, int fd, char **why)
{
	struct pack p = { .out = archive_write_new(), .entry = archive_entry_new(), .why = why };
	int ret;

	if (!p.out || !p.entry)
		abort();
	p.chunk = xmalloc(CHUNK);
	*why = NULL;
	ret = outputopen(&p, fd);
	if (ret == 0)
		ret = dirput(&p, open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "");
	if (ret == 0 && archive_write_close(p.out) != ARCHIVE_OK)
		ret = broken(&p);
	archive_write_free(p.out);
	archive_entry_free(p.entry);
	linksfree(&p.links);
	listfree(&p.names);
	free(p.chunk);
	return ret;
}
