/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decompression in a thread of its own, some blocks ahead of whoever reads: writing a
 * large tree takes about as long as decompressing it, so both together take half the time.
 */
#ifndef UNPACK_READAHEAD_H
#define UNPACK_READAHEAD_H

#include <sys/types.h>

struct stream;

/* How much may come out of a stream. */
struct streamlimit {
	off_t most;   /* bytes; 0: any */
	off_t growth; /* times what was read so far; 0: any */
	off_t least;  /* bytes that growth does not count for */
};

/*
 * Start to decompress what fd holds from its current offset (decode.h says how). More than limit
 * allows is an error. fd stays the caller's, open until streamclose. NULL with errno set on
 * failure.
 */
struct stream *streamopen(int fd, const struct streamlimit *limit);

/*
 * The next bytes, in *block, valid until the next call. Returns how many, 0 at the end, -1
 * on an error (see streamerror).
 */
ssize_t streamread(struct stream *s, const void **block);

/* What made streamread give -1, NULL if nothing did; valid until streamclose. */
const char *streamerror(const struct stream *s);

/* How many of the bytes read so far there are up to the last that is not zero. */
off_t streamused(const struct stream *s);

/* Stop the thread wherever it is, and free s (NULL is fine). */
void streamclose(struct stream *s);

#endif
