/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A range of bytes of an open file. */
#ifndef MKINITRAMFS_RANGE_H
#define MKINITRAMFS_RANGE_H

#include <stdint.h>

#include "archive/compress.h"
#include "base/digest.h"

struct range {
	int fd;		 /* borrowed */
	uint64_t offset; /* of its first byte */
	uint64_t size;	 /* bytes */
};

/* The digest of its bytes. 0, or -1 with errno set. */
int rangedigest(const struct range *r, char hex[DIGESTHEX]);

/* Append its bytes, compressed by the compressor, to out; *written is increased. 0, or -1 with
 * errno. */
int rangecompress(const struct range *r, const struct compressor *c, int level, int out,
		  uint64_t *written);

#endif
