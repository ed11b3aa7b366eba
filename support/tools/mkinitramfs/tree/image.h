/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An initramfs in memory, as the kernel takes one: cpio archives one after the other, each
 * compressed or not, with any number of zero bytes between.
 */
#ifndef MKINITRAMFS_IMAGE_H
#define MKINITRAMFS_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "archive/cpio.h"

#define UNPACK_LIMIT ((size_t)4 << 30) /* bytes that an image may decompress to */

/* Who is told what is in it. Each returns 0 to go on or -1 to stop. */
struct visitor {
	void *context;
	/* A compressed or plain piece begins at that offset of the image. May be NULL. */
	int (*piece)(void *context, const char *format, size_t offset);
	/* An entry; archive counts the archives (they end at their trailers) from 0. */
	int (*entry)(void *context, uint32_t archive, const struct cpioentry *e);
	/* An archive has ended, with its trailer. May be NULL. */
	void (*trailer)(void *context);
	/* A compressed piece has ended: unpacked it was len bytes at data, in the image it took
	 * used. May be NULL. */
	void (*ended)(void *context, const unsigned char *data, size_t len, size_t used);
};

/*
 * Read the image at data; pieces may decompress to limit bytes together. 0, or -1 with the
 * reason in why (empty if the visitor stopped it).
 */
int imageread(const void *data, size_t len, size_t limit, const struct visitor *v, struct buf *why);

#endif
