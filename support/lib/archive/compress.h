/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compression of a stream into a file, in formats that every kernel can decompress. The output
 * depends only on the input, the compressor and its level.
 */
#ifndef ARCHIVE_COMPRESS_H
#define ARCHIVE_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sink;

struct compressor {
	const char *name;	      /* as in --compress */
	const char *(*library)(void); /* version of the library */
	int least, most, preset;      /* levels; all 0 if it has none */
	size_t block; /* bytes passed to put at a time; the last block may be shorter */
	/*
	 * Return the state, or NULL with errno set. total is the number of bytes that will follow.
	 */
	void *(*open)(int level, uint64_t total);
	/*
	 * Return 0, or -1 with errno set. last is true only for the last block, which may be
	 * empty.
	 */
	int (*put)(struct sink *s, const void *data, size_t len, bool last);
	void (*close)(void *state); /* free the state */
};

/* An open stream. */
struct sink {
	const struct compressor *compressor;
	void *state;		/* of the compressor */
	int fd;			/* output file, borrowed */
	uint64_t written;	/* bytes written to fd */
	unsigned char *pending; /* data not yet passed to the compressor */
	size_t npending;
	unsigned char *out; /* output buffer of the compressor, SINK_OUT bytes */
};

#define SINK_OUT 65536

/* Return the compressor with that name, or NULL. */
const struct compressor *compressfind(const char *name);

/* Open a stream of total bytes to fd. Returns 0, or -1 with errno set. */
int sinkopen(struct sink *s, int fd, const struct compressor *c, int level, uint64_t total);

/* Write len bytes to the stream. Returns 0, or -1 with errno set. */
int compresswrite(struct sink *s, const void *data, size_t len);

/* Flush and end the stream. Returns 0, or -1 with errno set. Call sinkclose in both cases. */
int sinkend(struct sink *s);

void sinkclose(struct sink *s);

/* For compressors: write compressed bytes to fd. Returns 0, or -1 with errno set. */
int sinkout(struct sink *s, const void *data, size_t len);

#endif
