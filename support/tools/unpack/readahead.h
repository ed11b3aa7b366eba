/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decompression in a separate thread, a few blocks ahead of the reader. Writing a large tree takes
 * about as long as decompressing it, so running both at once takes half the time.
 */
#ifndef UNPACK_READAHEAD_H
#define UNPACK_READAHEAD_H

#include <sys/types.h>

struct stream;

/* Limits for the decompressed data of a stream. */
struct streamlimit {
	off_t most;   /* bytes; 0: no limit */
	off_t growth; /* factor of the bytes read so far; 0: no limit */
	off_t least;  /* growth applies only above this many bytes */
};

/*
 * Start to decompress fd from its current offset (see decode.h). Output beyond limit is an error.
 * fd remains the caller's and must stay open until streamclose. Returns NULL with errno set on
 * error.
 */
struct stream *streamopen(int fd, const struct streamlimit *limit);

/*
 * Get the next bytes in *block, valid until the next call. Returns their number, 0 at the end, -1
 * on error (see streamerror).
 */
ssize_t streamread(struct stream *s, const void **block);

/* Return the error message of streamread, or NULL; valid until streamclose. */
const char *streamerror(const struct stream *s);

/* Return the number of bytes read so far, up to and including the last nonzero byte. */
off_t streamused(const struct stream *s);

/* Stop the thread, even while it waits, and free s (may be NULL). */
void streamclose(struct stream *s);

#endif
