// SPDX-License-Identifier: GPL-2.0-or-later
#include "readahead.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/decode.h"
#include "base/buf.h"
#include "base/size.h"

enum {
	BLOCKS = 16,
	BLOCKSIZE = 256 * 1024,
};

struct block {
	ssize_t len; /* bytes in data; 0: end; -1: error, also the end */
	off_t used;  /* offset in the stream after its last nonzero byte; 0: none */
	unsigned char data[BLOCKSIZE];
};

struct stream {
	struct decode *decode;
	int fd;
	struct streamlimit limit;
	off_t written; /* bytes decompressed so far; used by the thread only */
	char *error; /* error message of the thread, owned; read it only after a block of len -1 */
	pthread_t thread;
	sem_t full;   /* blocks that may be read */
	sem_t empty;  /* blocks that may be filled */
	unsigned get; /* blocks read so far */
	bool holding; /* the reader still uses block get - 1 */
	bool ended;   /* the reader has seen the last block */
	off_t used;   /* see streamused */
	struct block block[BLOCKS];
};

static ssize_t input(void *arg, void *data, size_t len)
{
	return read(((struct stream *)arg)->fd, data, len);
}

/*
 * Check the decompressed bytes against the limits. Returns NULL, or an error message. Caller frees.
 */
static char *toomuch(const struct stream *s)
{
	const struct streamlimit *l = &s->limit;
	char *size, *why;

	if (l->most && s->written > l->most) {
		size = sizeformat((unsigned long long)l->most);
		why = xasprintf("it decompresses to more than %s, far too much for its size: if it "
				"is right, give a larger --max-size",
				size);
		free(size);
		return why;
	}
	if (l->growth && s->written > l->least && s->written / l->growth > decodetaken(s->decode))
		return xasprintf(
			"it decompresses to more than %lld times its size, far too much: if it "
			"is right, give --max-size",
			(long long)l->growth);
	return NULL;
}

static void blockfill(struct stream *s, struct block *b)
{
	b->len = decoderead(s->decode, b->data, BLOCKSIZE);
	b->used = 0;
	if (b->len < 0) {
		s->error = xstrdup(decodewhy(s->decode));
		return;
	}
	for (ssize_t i = b->len; i > 0; i--) {
		if (b->data[i - 1]) {
			b->used = s->written + i;
			break;
		}
	}
	s->written += b->len;
	s->error = toomuch(s);
	if (s->error)
		b->len = -1;
}

static void *decompress(void *arg)
{
	struct stream *s = arg;
	struct block *b;

	for (unsigned put = 0;; put++) {
		while (sem_wait(&s->empty) < 0)
			;
		b = &s->block[put % BLOCKS];
		blockfill(s, b);
		sem_post(&s->full);
		if (b->len <= 0)
			return NULL;
	}
}

struct stream *streamopen(int fd, const struct streamlimit *limit)
{
	struct stream *s = xcalloc(1, sizeof(*s));
	int err;

	s->fd = fd;
	s->limit = *limit;
	s->decode = decodeopen(input, s);
	sem_init(&s->full, 0, 0);
	sem_init(&s->empty, 0, BLOCKS);
	err = pthread_create(&s->thread, NULL, decompress, s);
	if (!err)
		return s;
	decodeclose(s->decode);
	free(s);
	errno = err;
	return NULL;
}

ssize_t streamread(struct stream *s, const void **block)
{
	struct block *b;

	if (s->holding)
		sem_post(&s->empty);
	s->holding = false;
	if (s->ended)
		return s->error ? -1 : 0;
	while (sem_wait(&s->full) < 0)
		;
	b = &s->block[s->get++ % BLOCKS];
	if (b->len <= 0) {
		s->ended = true;
		return b->len;
	}
	s->holding = true;
	if (b->used)
		s->used = b->used;
	*block = b->data;
	return b->len;
}

const char *streamerror(const struct stream *s)
{
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
	/* The thread can be cancelled where it waits: for an empty block, or in read(2). */
	pthread_cancel(s->thread);
	pthread_join(s->thread, NULL);
	decodeclose(s->decode);
	sem_destroy(&s->full);
	sem_destroy(&s->empty);
	free(s->error);
	free(s);
}
