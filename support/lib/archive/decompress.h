/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decompression in memory of the formats that the kernel accepts for an initramfs. */
#ifndef ARCHIVE_DECOMPRESS_H
#define ARCHIVE_DECOMPRESS_H

#include "archive/codec.h"

struct format {
	const char *name;
	unsigned char magic[2]; /* magic number, as the kernel checks it */
	bool known;		/* this program can decompress it */
	const struct codec *codec;
};

/* Return the format of data, or NULL if it is none of them. */
const struct format *formatfind(const unsigned char *data, size_t len);

/*
 * Decompress the first stream of p->in, which has format f; f->known must be true. Returns 0, or -1
 * with p->why set.
 */
int decompress(const struct format *f, struct compressed *p);

#endif
