// SPDX-License-Identifier: GPL-2.0-or-later
#include "publictar.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archwhy.h"
#include "fs/file.h"

#define CHUNK (256 * 1024)

static int reading(char **why, const char *path)
{
	*why = xasprintf("cannot read %s: %s", path, strerror(errno));
	return -1;
}

static int writing(struct archive *out, char **why)
{
	char *text = archwhy(out, "libarchive does not say why");

	*why = xasprintf("cannot write: %s", text);
	free(text);
	return -1;
}

/* Write the header of a file or, with a mode of S_IFDIR, of a directory. */
static int head(struct archive *out, const char *name, mode_t mode, long long size, long epoch,
		char **why)
{
	struct archive_entry *e = archive_entry_new();
	int ret;

	if (!e)
		abort(); /* out of memory: like lib/base/buf.h */
	archive_entry_set_pathname(e, name);
	archive_entry_set_mode(e, mode);
	archive_entry_set_size(e, size);
	archive_entry_set_mtime(e, epoch, 0);
	ret = archive_write_header(out, e) == ARCHIVE_OK ? 0 : writing(out, why);
	archive_entry_free(e);
	return ret;
}

/* Write size bytes of the file fd. */
static int body(struct archive *out, int fd, long long size, const char *path, char **why)
{
	char *data = xmalloc(CHUNK);
	int ret = 0;

	while (ret == 0 && size > 0) {
		ssize_t n = readall(fd, data, size < CHUNK ? (size_t)size : CHUNK);

		if (n == 0)
			errno = ESTALE; /* it was truncated meanwhile */
		if (n <= 0)
			ret = reading(why, path);
		else if (archive_write_data(out, data, (size_t)n) != n)
			ret = writing(out, why);
		size -= n;
	}
	free(data);
	return ret;
}

static int fileput(struct archive *out, const char *path, const char *name, long epoch, char **why)
{
	int fd = regopen(path, O_RDONLY | O_NOFOLLOW, 0), ret;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0) {
		ret = reading(why, path);
	} else {
		mode_t mode = S_IFREG | (st.st_mode & S_IXUSR ? 0755 : 0644);

		ret = head(out, name, mode, st.st_size, epoch, why);
		if (ret == 0)
			ret = body(out, fd, st.st_size, path, why);
	}
	if (fd >= 0)
		close(fd);
	return ret;
}

static int openfor(struct archive *out, int fd, char **why)
{
	if (archive_write_set_format_ustar(out) == ARCHIVE_OK &&
	    archive_write_add_filter_zstd(out) == ARCHIVE_OK &&
	    archive_write_set_filter_option(out, "zstd", "compression-level", "3") == ARCHIVE_OK &&
	    archive_write_set_bytes_in_last_block(out, 1) == ARCHIVE_OK &&
	    archive_write_open_fd(out, fd) == ARCHIVE_OK)
		return 0;
	return writing(out, why);
}

int publictarwrite(const char *dir, const char *top, long epoch, int fd, char **why)
{
	struct archive *out = archive_write_new();
	struct strlist names = { 0 };
	int ret;

	if (!out)
		abort();
	ret = openfor(out, fd, why);
	if (ret == 0 && dirlist(dir, &names) < 0)
		ret = reading(why, dir);
	if (ret == 0)
		ret = head(out, top, S_IFDIR | 0755, 0, epoch, why);
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *path = pathjoin(dir, names.item[i]), *name = pathjoin(top, names.item[i]);

		ret = fileput(out, path, name, epoch, why);
		free(path);
		free(name);
	}
	if (ret == 0 && archive_write_close(out) != ARCHIVE_OK)
		ret = writing(out, why);
	archive_write_free(out);
	listfree(&names);
	return ret;
}
