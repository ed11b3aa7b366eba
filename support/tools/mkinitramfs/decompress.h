/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compressed data in memory, of the formats that the kernel takes an initramfs in. */
#ifndef MKINITRAMFS_DECOMPRESS_H
#define MKINITRAMFS_DECOMPRESS_H

#include <stddef.h>

#include "base/buf.h"

/* Compressed data being taken apart; set in, inlen and limit. */
struct compressed {
	const unsigned char *in; /* borrowed; more than one stream may be in it */
	size_t inlen;
	size_t used;	 /* bytes of in that the stream took, once done */
	size_t limit;	 /* most bytes to give */
	struct buf out;	 /* what was in it; the caller frees it */
	const char *why; /* after a failure: what is wrong, static */
};

struct format {
	const char *name;
	unsigned char magic[2]; /* how it begins */
	/* One stream; 0, or -1 with why set. NULL: not known here. */
	int (*decompress)(struct compressed *p);
};

/* The format that data is in, NULL if it is none of them. */
const struct format *formatfind(const unsigned char *data, size_t len);

#endif
