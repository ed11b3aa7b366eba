/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What each package and each file has of an image, as it is unpacked and as it is compressed. All
 * of the image belongs to somebody, so that the sums are the sizes of the whole.
 */
#ifndef MKINITRAMFS_SIZES_H
#define MKINITRAMFS_SIZES_H

#include "archive/cpio.h"
#include "base/buf.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"
#include "prefix.h"

/* An entry of the image; a later one of the same name has one of its own. */
struct share {
	char *path; /* owned, with a leading slash */
	char *who;  /* owned */
	bool isdir;
	uint64_t bytes;	 /* with its header and padding */
	uint64_t packed; /* of the image's own bytes */
};

/* Zero-initialise, then sizesopen. */
struct sizes {
	const char *file; /* borrowed */
	struct tree manifest;
	struct share *item;
	size_t len, cap;
	struct prefix *prefix;	 /* of the compressed piece that is read, or NULL */
	const unsigned char *at; /* in the unpacked piece: where the last entry ended */
	size_t first;		 /* share that the piece begins with */
	uint64_t *cost;		 /* of the piece up to the end of each of its shares */
	uint64_t empty;		 /* cost of nothing */
	uint64_t unpacked;	 /* bytes of all compressed pieces, unpacked */
	uint64_t used;		 /* bytes of all compressed pieces, as they are */
	struct problems *problems;
};

/* Begin with the image in file: who brought what, is said by the manifest beside it. */
void sizesopen(struct sizes *s, const char *file, struct problems *p);

/* A visitor's functions (see image.h) for a struct sizes. */
int sizespiece(void *context, const char *format, size_t offset);
int sizesentry(void *context, uint32_t archive, const struct cpioentry *e);
void sizesended(void *context, const unsigned char *data, size_t len, size_t used);

/*
 * Append a table of the image of total bytes: of all who brought something; with files, of each
 * path; with who, of the paths that it brought. If it brought none, that is a problem.
 */
void sizesformat(struct sizes *s, uint64_t total, bool files, const char *who, struct buf *out);

void sizesclose(struct sizes *s);

#endif
