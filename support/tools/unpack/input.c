// SPDX-License-Identifier: GPL-2.0-or-later
#include "input.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archwhy.h"
#include "base/buf.h"
#include "zip.h"

#define HEADERMAX ((off_t)8 << 20) /* limit for pax headers and sparse maps */

static la_ssize_t feed(struct archive *a, void *arg, const void **block)
{
	struct input *i = arg;
	ssize_t n = streamread(i->stream, block);

	if (n < 0) {
		archive_set_error(a, NOERRNO, "%s", streamerror(i->stream));
		return ARCHIVE_FATAL;
	}
	i->fed += n;
	if (i->fed > HEADERMAX) {
		archive_set_error(a, NOERRNO, "a header takes more than 8 MiB");
		return ARCHIVE_FATAL;
	}
	return n;
}

char *inputopen(struct input *i, int fd, const struct streamlimit *limit)
{
	off_t at = lseek(fd, 0, SEEK_CUR);
	unsigned char head[ZIP_HEAD];
	const char *why;
	int ret;

	*i = (struct input){ .reader = archive_read_new() };
	if (!i->reader)
		abort();
	if (at >= 0 && pread(fd, head, sizeof(head), at) == sizeof(head) &&
	    zipis(head, sizeof(head))) {
		i->zip = zipopen(i->reader, fd, at, &why);
		if (!i->zip)
			return xstrdup(why);
		ret = archive_read_open1(i->reader);
	} else {
		archive_read_support_format_tar(i->reader);
		archive_read_support_format_empty(i->reader);
		i->stream = streamopen(fd, limit);
		if (!i->stream)
			return xasprintf("cannot start to read it: %s", strerror(errno));
		ret = archive_read_open(i->reader, i, NULL, feed, NULL);
	}
	return ret == ARCHIVE_OK ? NULL : inputwhy(i);
}

int inputnext(struct input *i, struct archive_entry **e)
{
	i->fed = 0;
	return archive_read_next_header(i->reader, e);
}

int inputblock(struct input *i, const void **data, size_t *len, int64_t *offset)
{
	i->fed = 0;
	return archive_read_data_block(i->reader, data, len, offset);
}

int inputskip(struct input *i)
{
	const void *data;
	int64_t offset;
	size_t len;
	int ret;

	if (i->zip)
		return archive_read_data_skip(i->reader);
	while ((ret = inputblock(i, &data, &len, &offset)) == ARCHIVE_OK)
		;
	return ret == ARCHIVE_EOF ? ARCHIVE_OK : ret;
}

char *inputwhy(struct input *i)
{
	char *text, *why;

	/* The message of the underlying stream is more precise. */
	if (i->stream && streamerror(i->stream))
		return xstrdup(streamerror(i->stream));
	text = archwhy(i->reader, "damaged");
	why = xasprintf("cannot read it as tar or zip: %s", text);
	free(text);
	return why;
}

char *inputend(struct input *i)
{
	off_t end = archive_filter_bytes(i->reader, 0);
	const void *unused;
	ssize_t n;

	if (!i->stream)
		return NULL;
	while ((n = streamread(i->stream, &unused)) > 0)
		;
	if (n < 0)
		return xstrdup(streamerror(i->stream));
	/* tar ends with two zero blocks; the reader may leave the second one unread. */
	if (streamused(i->stream) > end)
		return xstrdup("there is something else after its end");
	if (end - streamused(i->stream) < 512)
		return xstrdup("it ends early: its end mark is missing");
	return NULL;
}

void inputclose(struct input *i)
{
	archive_read_free(i->reader);
	streamclose(i->stream);
	zipclose(i->zip);
	*i = (struct input){ 0 };
}
