/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A stream of bytes that is compressed on its way to a file, in ways that every kernel takes.
 * The bytes that come out depend on those that went in, the compressor and its level alone.
 */
#ifndef ARCHIVE_COMPRESS_H
#define ARCHIVE_COMPRESS_H

#include <stddef.h>
#include <stdint.h>

struct sink;

struct compressor {
	const char *name;	      /* as in --compress */
	const char *(*library)(void); /* version of what does the work */
	int least, most, preset;      /* levels, all 0 when it has none */
	size_t block;		      /* bytes handed to put at a time, the last block less */
	/* state, NULL with errno set; total is the number of bytes that will come */
	void *(*open)(int level, uint64_t total);
	/* 0, or -1 with errno set; last is nonzero for the last block only, which may be empty */
	int (*put)(struct sink *s, const void *data, size_t len, int last);
	void (*close)(void *state); /* frees it */
};

/* A stream under way. */
struct sink {
	const struct compressor *compressor;
	void *state;		/* of the compressor */
	int fd;			/* where it goes, borrowed */
	uint64_t written;	/* bytes that went there */
	unsigned char *pending; /* not yet handed to the compressor */
	size_t npending;
	unsigned char *out; /* for the compressor, SINK_OUT bytes */
};

#define SINK_OUT 65536

/* The compressor of that name, or NULL. */
const struct compressor *compressfind(const char *name);

/* Begin a stream of total bytes to fd. 0, or -1 with errno set. */
int sinkopen(struct sink *s, int fd, const struct compressor *c, int level, uint64_t total);

/* Take more bytes. 0, or -1 with errno set. */
int compresswrite(struct sink *s, const void *data, size_t len);

/* Hand on what is left and end the stream. 0, or -1 with errno set; call sinkclose either way. */
int sinkend(struct sink *s);

void sinkclose(struct sink *s);

/* For compressors: write compressed bytes. 0, or -1 with errno set. */
int sinkout(struct sink *s, const void *data, size_t len);

#endif
