/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From layers to an archive and its manifest. */
#ifndef MKINITRAMFS_CREATE_H
#define MKINITRAMFS_CREATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "archive/compress.h"
#include "base/buf.h"
#include "mkinitramfs/tree/problem.h"

enum layerkind { KIND_LAYER, KIND_SKELETON, KIND_OVERLAY, KIND_TABLE };

struct layer {
	enum layerkind kind;
	const char *name; /* for messages and the manifest */
	const char *path; /* a directory, or the table's file */
};

/* What to make; all strings are borrowed. */
struct plan {
	struct layer *layer; /* in the order given */
	size_t nlayer;
	const char *out;      /* the archive */
	const char *manifest; /* or NULL */
	const char *plain;    /* also the archive, not compressed; or NULL */
	const char *kept;     /* directory of compressed archives for the next run; or NULL */
	const char *over;     /* manifest of what is there already; or NULL */
	const struct compressor *compressor;
	int level;
	uint32_t mtime;	       /* of all entries, seconds since 1970 */
	bool makeparents;      /* add the parents that tables lack */
	bool checkneeds;       /* what programs need has to be there */
	struct strlist apart;  /* names of layers that get an archive of their own */
	struct strlist append; /* archives to go after ours, as they are */
};

/* Do it: all files appear, or none. 0, or -1 with the reasons in p. */
int create(const struct plan *plan, struct problems *p);

#endif
