// SPDX-License-Identifier: GPL-2.0-or-later
#include "zip.h"

#include <archive.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archwhy.h"
#include "base/buf.h"

enum {
	MARK = 22,	 /* bytes of the end record, without its comment */
	COMMENT = 65535, /* maximum bytes of the comment */
	CHUNK = 65536,
};

struct zip {
	int fd;
	off_t at, end; /* the range of the archive in fd */
	off_t pos;
	unsigned char chunk[CHUNK];
};

bool zipis(const unsigned char *head, size_t len)
{
	return len >= ZIP_HEAD &&
	       (memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK\5\6", 4) == 0 ||
		memcmp(head, "PK\7\10", 4) == 0);
}

ssize_t zipend(const unsigned char *tail, size_t len)
{
	size_t used = len, end;
	int cut = 0;

	while (used && !tail[used - 1])
		used--;
	/* Use the last end record, because readers do. */
	for (size_t p = len >= MARK ? len - MARK + 1 : 0; p-- > 0;) {
		if (memcmp(tail + p, "PK\5\6", 4) != 0)
			continue;
		end = p + MARK + (tail[p + 20] | (size_t)tail[p + 21] << 8);
		if (end <= len)
			return end < used ? -1 : (ssize_t)end;
		cut = -1;
	}
	return cut;
}

/* Return the end of the last nonzero byte of fd, from offset at; -1 with errno set. */
static off_t lastused(struct zip *z)
{
	off_t end = z->end;

	while (end > z->at) {
		off_t from = end - z->at > CHUNK ? end - CHUNK : z->at;
		ssize_t n = pread(z->fd, z->chunk, (size_t)(end - from), from);

		if (n != end - from) {
			errno = n < 0 ? errno : EIO;
			return -1;
		}
		while (n && !z->chunk[n - 1])
			n--;
		if (n)
			return from + n;
		end = from;
	}
	return end;
}

/* Find the end of the archive. Returns 0, or -1 with *why set. */
static int endfind(struct zip *z, const char **why)
{
	off_t used = lastused(z), from;
	unsigned char *tail;
	ssize_t n = -1, end;

	*why = "cannot read it";
	if (used < 0)
		return -1;
	from = used - z->at > MARK + COMMENT ? used - MARK - COMMENT : z->at;
	/* The end record itself and a comment may end with zeros. */
	if (z->end - used > MARK + COMMENT)
		z->end = used + MARK + COMMENT;
	tail = xmalloc((size_t)(z->end - from) + 1);
	n = pread(z->fd, tail, (size_t)(z->end - from), from);
	end = n == z->end - from ? zipend(tail, (size_t)n) : -1;
	free(tail);
	if (n == z->end - from)
		*why = "there is something else after its end, or its end is cut off";
	if (end > 0)
		z->end = from + end;
	return end < 0 ? -1 : 0;
}

static la_ssize_t zipread(struct archive *a, void *arg, const void **block)
{
	struct zip *z = arg;
	size_t want = z->end - z->pos < CHUNK ? (size_t)(z->end - z->pos) : CHUNK;
	ssize_t n = want ? pread(z->fd, z->chunk, want, z->pos) : 0;

	if (n < 0) {
		archive_set_error(a, errno, "cannot read it");
		return ARCHIVE_FATAL;
	}
	z->pos += n;
	*block = z->chunk;
	return n;
}

static la_int64_t zipseek(struct archive *a, void *arg, la_int64_t offset, int whence)
{
	struct zip *z = arg;
	la_int64_t base = whence == SEEK_SET ? 0 : (whence == SEEK_CUR ? z->pos : z->end) - z->at;

	if (offset < -base || offset > z->end - z->at - base) {
		archive_set_error(a, NOERRNO, "it is cut short or damaged");
		return ARCHIVE_FATAL;
	}
	z->pos = z->at + base + offset;
	return base + offset;
}

struct zip *zipopen(struct archive *a, int fd, off_t at, const char **why)
{
	struct zip *z = xmalloc(sizeof(*z));
	struct stat st;

	*z = (struct zip){ .fd = fd, .at = at, .pos = at };
	if (fstat(fd, &st) == 0)
		z->end = st.st_size;
	if (endfind(z, why) < 0) {
		free(z);
		return NULL;
	}
	archive_read_support_format_zip_seekable(a);
	archive_read_set_callback_data(a, z);
	archive_read_set_read_callback(a, zipread);
	archive_read_set_seek_callback(a, zipseek);
	return z;
}

void zipclose(struct zip *z)
{
	free(z);
}
