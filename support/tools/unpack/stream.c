// SPDX-License-Identifier: GPL-2.0-or-later
#include "stream.h"

#include <archive.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

enum {
	BLOCKS = 16,
	BLOCKSIZE = 256 * 1024,
};

struct block {
	ssize_t len; /* bytes in data; 0: the end; -1: an error, and the end */
	off_t used;  /* offset in the stream past its last byte that is not zero; 0: has none */
	unsigned char data[BLOCKSIZE];
};

struct stream {
	struct archive *raw; /* the decompressor: libarchive's "raw" format */
	int fd;
	off_t start;   /* offset in fd of the first compressed byte */
	off_t limit;   /* bytes out that are too many; 0: none */
	off_t written; /* bytes out so far; the thread's */
	char *error;   /* why the thread ended, owned; read it after a block of len -1 only */
	pthread_t thread;
	sem_t full;   /* blocks that may be read */
	sem_t empty;  /* blocks that may be filled */
	unsigned get; /* blocks read so far */
	int holding;  /* the reader still uses block get - 1 */
	int ended;    /* the reader has seen the last block */
	off_t used;   /* see streamused */
	struct block block[BLOCKS];
};

static volatile sig_atomic_t caught;
static sem_t *volatile waker; /* what the reader may be waiting for */

void streaminterrupt(int sig)
{
	int err = errno;

	caught = sig;
	if (waker)
		sem_post(waker);
	errno = err;
}

int streaminterrupted(void)
{
	return caught;
}

/* An error if a file goes on after its compressed data with anything but zeros. */
static void trailcheck(struct stream *s)
{
	off_t at = s->start + archive_filter_bytes(s->raw, -1);
	unsigned char chunk[4096];
	ssize_t n;

	while ((n = pread(s->fd, chunk, sizeof(chunk), at)) > 0) {
		for (ssize_t i = 0; i < n; i++) {
			if (chunk[i]) {
				s->error = xstrdup("there is something else after its end");
				return;
			}
		}
		at += n;
	}
}

static char *rawerror(struct stream *s)
{
	const char *text = archive_error_string(s->raw);

	return xasprintf("cannot decompress it, it is damaged or cut short%s%s", text ? ": " : "",
			 text ? text : "");
}

static void blockfill(struct stream *s, struct block *b)
{
	b->len = archive_read_data(s->raw, b->data, BLOCKSIZE);
	b->used = 0;
	if (b->len < 0)
		s->error = rawerror(s);
	else if (b->len == 0)
		trailcheck(s);
	else if (s->limit && s->written + b->len > s->limit)
		s->error = xasprintf(
			"it decompresses to more than %lld bytes, far too much for its size",
			(long long)s->limit);
	if (s->error) {
		b->len = -1;
		return;
	}
	for (ssize_t i = b->len; i > 0; i--) {
		if (b->data[i - 1]) {
			b->used = s->written + i;
			break;
		}
	}
	s->written += b->len;
}

static void *decompress(void *arg)
{
	struct stream *s = arg;
	struct archive_entry *unused;
	int ret = archive_read_open_fd(s->raw, s->fd, BLOCKSIZE);
	struct block *b;

	if (ret == ARCHIVE_OK)
		ret = archive_read_next_header(s->raw, &unused);
	for (unsigned put = 0;; put++) {
		while (sem_wait(&s->empty) < 0)
			;
		b = &s->block[put % BLOCKS];
		if (ret < ARCHIVE_WARN) {
			s->error = rawerror(s);
			b->len = -1;
		} else if (ret == ARCHIVE_EOF) {
			b->len = 0;
		} else {
			blockfill(s, b);
		}
		sem_post(&s->full);
		if (b->len <= 0)
			return NULL;
	}
}

struct stream *streamopen(int fd, off_t limit)
{
	struct stream *s = xcalloc(1, sizeof(*s));
	int err;

	s->fd = fd;
	s->start = lseek(fd, 0, SEEK_CUR);
	s->limit = limit;
	s->raw = archive_read_new();
	if (!s->raw)
		abort();
	archive_read_support_filter_gzip(s->raw);
	archive_read_support_filter_bzip2(s->raw);
	archive_read_support_filter_xz(s->raw);
	archive_read_support_filter_lzma(s->raw);
	archive_read_support_filter_zstd(s->raw);
	archive_read_support_filter_lz4(s->raw);
	archive_read_support_filter_lzip(s->raw);
	archive_read_support_format_raw(s->raw);
	archive_read_support_format_empty(s->raw);
	sem_init(&s->full, 0, 0);
	sem_init(&s->empty, 0, BLOCKS);
	waker = &s->full;
	err = pthread_create(&s->thread, NULL, decompress, s);
	if (!err)
		return s;
	waker = NULL;
	archive_read_free(s->raw);
	free(s);
	errno = err;
	return NULL;
}

ssize_t streamread(struct stream *s, const void **block)
{
	struct block *b;

	if (s->holding)
		sem_post(&s->empty);
	s->holding = 0;
	if (s->ended)
		return s->error ? -1 : 0;
	while (!caught && sem_wait(&s->full) < 0)
		;
	if (caught)
		return -1;
	b = &s->block[s->get++ % BLOCKS];
	if (b->len <= 0) {
		s->ended = 1;
		return b->len;
	}
	s->holding = 1;
	if (b->used)
		s->used = b->used;
	*block = b->data;
	return b->len;
}

const char *streamerror(const struct stream *s)
{
	if (caught)
		return "interrupted";
	return s->ended ? s->error : NULL;
}

off_t streamused(const struct stream *s)
{
	return s->used;
}

void streamclose(struct stream *s)
{
	if (!s)
		return;
	waker = NULL;
	/* It can be ended where it waits: for an empty block, or in read(2). */
	pthread_cancel(s->thread);
	pthread_join(s->thread, NULL);
	archive_read_free(s->raw);
	sem_destroy(&s->full);
	sem_destroy(&s->empty);
	free(s->error);
	free(s);
}
