/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decompression of a stream, by what it is: gzip, bzip2, xz, lzma, zstd, lz4 (frames), lzip or
 * nothing. One rule for all of them: frames that follow each other are one stream, zeros may come
 * behind the last, and anything else there is an error; so is a frame that is cut short.
 */
#ifndef ARCHIVE_DECODE_H
#define ARCHIVE_DECODE_H

#include <stddef.h>
#include <sys/types.h>

struct decode;

/*
 * Begin to decompress what input gives, which is called as read(2) is, with arg. Ends the program
 * without memory.
 */
struct decode *decodeopen(ssize_t (*input)(void *arg, void *data, size_t len), void *arg);

/* Fill data, less only at the end. Returns the bytes, 0 at the end, -1 on error: see decodewhy. */
ssize_t decoderead(struct decode *d, void *data, size_t len);

/* Why decoderead failed; valid until decodeclose. */
const char *decodewhy(const struct decode *d);

/* Bytes that input has given so far. */
off_t decodetaken(const struct decode *d);

void decodeclose(struct decode *d); /* NULL is fine */

#endif
