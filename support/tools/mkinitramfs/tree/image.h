/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading of an initramfs in memory, in the format of the kernel: concatenated cpio archives, each
 * compressed or not, with any number of zero bytes between them.
 */
#ifndef MKINITRAMFS_IMAGE_H
#define MKINITRAMFS_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "archive/cpio.h"

#define UNPACK_LIMIT ((size_t)4 << 30) /* bytes that an image may decompress to */

/* Callbacks for the contents. Each of them returns 0 to continue or -1 to stop. */
struct visitor {
	void *context;
	/* A compressed or uncompressed piece starts at that offset of the image. May be NULL. */
	int (*piece)(void *context, const char *format, size_t offset);
	/* An entry. archive is the number of its archive, from 0; a trailer ends an archive. */
	int (*entry)(void *context, uint32_t archive, const struct cpioentry *e);
	/* An archive ended with its trailer. May be NULL. */
	void (*trailer)(void *context);
	/*
	 * A compressed piece ended. Its unpacked content is len bytes at data; it took used bytes
	 * of the image. May be NULL.
	 */
	void (*ended)(void *context, const unsigned char *data, size_t len, size_t used);
};

/*
 * Read the image at data. The pieces may decompress to limit bytes in total. Returns 0, or -1 with
 * the error message in why, which is empty if a callback stopped.
 */
int imageread(const void *data, size_t len, size_t limit, const struct visitor *v, struct buf *why);

#endif
