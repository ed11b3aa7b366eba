/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decompression of a stream. The format is detected: gzip, bzip2, xz, lzma, zstd, lz4 (frames),
 * lzip or uncompressed. The same rule holds for all formats: consecutive frames form one stream,
 * zero bytes may follow the last frame, and any other trailing data or a truncated frame is an
 * error.
 */
#ifndef ARCHIVE_DECODE_H
#define ARCHIVE_DECODE_H

#include <stddef.h>
#include <sys/types.h>

struct decode;

/*
 * Start to decompress the data that input returns. input is called like read(2), with arg. Ends the
 * program if memory runs out.
 */
struct decode *decodeopen(ssize_t (*input)(void *arg, void *data, size_t len), void *arg);

/*
 * Read len bytes into data, fewer only at the end. Returns the number of bytes, 0 at the end, -1 on
 * error (see decodewhy).
 */
ssize_t decoderead(struct decode *d, void *data, size_t len);

/* Return the error message of decoderead; valid until decodeclose. */
const char *decodewhy(const struct decode *d);

/* Return the number of bytes that input has returned so far. */
off_t decodetaken(const struct decode *d);

void decodeclose(struct decode *d); /* NULL is fine */

#endif
