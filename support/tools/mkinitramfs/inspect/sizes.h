/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sizes of each origin (such as a package) and each file in an image, unpacked and compressed.
 * Every byte of the image is assigned to an origin, so the sums are the sizes of the whole image.
 */
#ifndef MKINITRAMFS_SIZES_H
#define MKINITRAMFS_SIZES_H

#include "archive/cpio.h"
#include "base/buf.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"
#include "prefix.h"

/* An entry of the image. Each entry has a share, also if a later one has the same name. */
struct share {
	char *path; /* owned, with a leading slash */
	char *who;  /* owned */
	bool isdir;
	uint64_t bytes;	 /* with its header and padding */
	uint64_t packed; /* bytes of the image */
};

/* Zero-initialise, then sizesopen. */
struct sizes {
	const char *file; /* borrowed */
	struct tree manifest;
	struct share *item;
	size_t len, cap;
	struct prefix *prefix;	 /* of the current compressed piece, or NULL */
	const unsigned char *at; /* in the unpacked piece: the end of the last entry */
	size_t first;		 /* the first share of the piece */
	uint64_t *cost;	   /* compressed size of the piece up to the end of each of its shares */
	uint64_t empty;	   /* compressed size of no data */
	uint64_t unpacked; /* unpacked bytes of all compressed pieces */
	uint64_t used;	   /* compressed bytes of all compressed pieces */
	struct problems *problems;
};

/* Open the image in file. The manifest in its directory gives the origins. */
void sizesopen(struct sizes *s, const char *file, struct problems *p);

/* Visitor callbacks (see image.h) for a struct sizes. */
int sizespiece(void *context, const char *format, size_t offset);
int sizesentry(void *context, uint32_t archive, const struct cpioentry *e);
void sizesended(void *context, const unsigned char *data, size_t len, size_t used);

/*
 * Append a table of the image of total bytes: a line for each origin; with files, for each path;
 * with who, for each path of that origin. It is an error if who has no paths.
 */
void sizesformat(struct sizes *s, uint64_t total, bool files, const char *who, struct buf *out);

void sizesclose(struct sizes *s);

#endif
