/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An archive as a sequence of entries, from a stream (tar) or from a file (zip). It uses
 * libarchive's reader, and checks what the reader does not: the data after the end, and how much
 * the reader takes for one header.
 */
#ifndef UNPACK_INPUT_H
#define UNPACK_INPUT_H

#include <sys/types.h>

#include "readahead.h"

struct archive;
struct archive_entry;
struct zip;

struct input {
	struct archive *reader;
	struct stream *stream; /* NULL for zip */
	struct zip *zip;       /* NULL for tar */
	off_t fed;	       /* bytes that the reader took since the last call into it */
};

/*
 * Open the archive in fd at its current offset. Returns NULL, or an error message. Call inputclose
 * in both cases.
 */
char *inputopen(struct input *i, int fd, const struct streamlimit *limit);

/*
 * Read the next entry; read the next block of its data; skip the rest of its data. The results are
 * those of libarchive.
 */
int inputnext(struct input *i, struct archive_entry **e);
int inputblock(struct input *i, const void **data, size_t *len, int64_t *offset);
int inputskip(struct input *i);

/* Return the error message of the functions above. */
char *inputwhy(struct input *i);

/*
 * Read the data after the last entry. Returns NULL, or an error message if it is not a valid end.
 */
char *inputend(struct input *i);

void inputclose(struct input *i);

/* The caller frees the returned texts. */

#endif
