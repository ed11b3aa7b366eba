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

/* Compute the digest of the bytes. Returns 0, or -1 with errno set. */
int rangedigest(const struct range *r, char hex[DIGESTHEX]);

/*
 * Compress the bytes and append them to out; adds the number of bytes written to *written. Returns
 * 0, or -1 with errno set.
 */
int rangecompress(const struct range *r, const struct compressor *c, int level, int out,
		  uint64_t *written);

#endif
