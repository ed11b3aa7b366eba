/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An archive as a row of entries, from a stream (tar) or from a file (zip): libarchive's reader
 * with what it does not look at itself: what follows the end, and how much it reads for one header.
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
	off_t fed; /* bytes that the reader took since it was last asked for something */
};

/* Open what fd holds from its current offset; NULL, or why not. Call inputclose either way. */
char *inputopen(struct input *i, int fd, const struct streamlimit *limit);

/* The next entry; of its data, the next block; or past the rest of it. As libarchive returns it. */
int inputnext(struct input *i, struct archive_entry **e);
int inputblock(struct input *i, const void **data, size_t *len, int64_t *offset);
int inputskip(struct input *i);

/* Why one of these failed. */
char *inputwhy(struct input *i);

/* Read what is left after the last entry: NULL, or why that is no good end. */
char *inputend(struct input *i);

void inputclose(struct input *i);

/* The texts that these return are the caller's to free. */

#endif
