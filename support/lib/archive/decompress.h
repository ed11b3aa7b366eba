/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compressed data in memory, of the formats that the kernel takes an initramfs in. */
#ifndef ARCHIVE_DECOMPRESS_H
#define ARCHIVE_DECOMPRESS_H

#include "archive/codec.h"

struct format {
	const char *name;
	unsigned char magic[2]; /* how it begins, as the kernel looks at it */
	bool known;		/* to decompress */
	const struct codec *codec;
};

/* The format that data is in, NULL if it is none of them. */
const struct format *formatfind(const unsigned char *data, size_t len);

/* Decompress the one stream of that format, which is known, that p->in begins with. 0, or -1 with
 * p->why set. */
int decompress(const struct format *f, struct compressed *p);

#endif
