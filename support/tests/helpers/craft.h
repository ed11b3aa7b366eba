/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For unit tests of unpack: make archives with libarchive, and extract them. */
#ifndef HELPERS_CRAFT_H
#define HELPERS_CRAFT_H

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>

#include "scratch.h"
#include "unpack/unarchive.h"

struct item {
	const char *path; /* NULL ends a list */
	int type;	  /* AE_IF...; 0: a hard link */
	const char *text; /* content, or target of a link */
	int perm;
	long long mtime;
	long long size; /* the size in the archive's header, if larger than the text; else 0 */
};

/* The directory that a test unpacks to, and the archive. */
#define UNPACKED "dir"
#define ARCHIVE	 "archive"

static inline int setup(void **state)
{
	(void)state;
	return treeremove(UNPACKED) < 0 || mkdir(UNPACKED, 0755) < 0;
}

static inline void itemwrite(struct archive *a, const struct item *it)
{
	struct archive_entry *e = archive_entry_new();
	size_t len = it->type == AE_IFREG && it->text ? strlen(it->text) : 0;

	archive_entry_set_pathname(e, it->path);
	archive_entry_set_filetype(e, it->type ? (unsigned)it->type : AE_IFREG);
	archive_entry_set_perm(e, it->perm ? (mode_t)it->perm : 0640);
	archive_entry_set_mtime(e, it->mtime, 0);
	archive_entry_set_size(e, it->size ? it->size : (la_int64_t)len);
	if (it->size)
		archive_entry_sparse_add_entry(e, 0, (la_int64_t)len);
	if (it->type == 0)
		archive_entry_set_hardlink(e, it->text);
	if (it->type == AE_IFLNK)
		archive_entry_set_symlink(e, it->text);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, it->text ? it->text : "", len), len);
	archive_entry_free(e);
}

static inline void craft(const char *format, const char *filter, const struct item *it)
{
	struct archive *a = archive_write_new();

	assert_int_equal(archive_write_set_format_by_name(a, format), ARCHIVE_OK);
	if (filter)
		assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
	assert_int_equal(archive_write_open_filename(a, ARCHIVE), ARCHIVE_OK);
	for (; it->path; it++)
		itemwrite(a, it);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
}

/* Unpack the archive. Returns the error (caller frees), or NULL. */
static inline char *run(struct extract *x)
{
	static const struct strlist all;
	int fd = open(ARCHIVE, O_RDONLY);
	int ret;

	assert_true(fd >= 0);
	if (!x->only)
		x->only = &all;
	ret = extract(x, fd, UNPACKED);
	close(fd);
	assert_int_equal(ret, x->error ? -1 : 0);
	return x->error;
}

#endif
