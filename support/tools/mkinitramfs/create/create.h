/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Creation of an archive and its manifest from layers. */
#ifndef MKINITRAMFS_CREATE_H
#define MKINITRAMFS_CREATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "archive/compress.h"
#include "base/buf.h"
#include "mkinitramfs/needs/elf.h"
#include "mkinitramfs/tree/problem.h"

enum layerkind { KIND_LAYER, KIND_SKELETON, KIND_OVERLAY, KIND_TABLE };

struct layer {
	enum layerkind kind;
	const char *name; /* for messages and the manifest */
	const char *path; /* a directory, or the file of a table */
};

/* What to create. All strings are borrowed. */
struct plan {
	struct layer *layer; /* in the order of the command line */
	size_t nlayer;
	const char *out;      /* the archive */
	const char *manifest; /* or NULL */
	const char *plain;    /* also write the archive uncompressed to this file; or NULL */
	const char *tar;      /* also write it as a tar archive to this file; or NULL */
	const char *kept;     /* directory of the cache of compressed archives; or NULL */
	const char *over;     /* base manifest: the files that exist already; or NULL */
	const struct compressor *compressor;
	int level;
	uint32_t mtime;	      /* of all entries, seconds since 1970 */
	bool makeparents;     /* add the parent directories that tables lack */
	bool checkneeds;      /* check that programs have what they need */
	struct elf target;    /* the machine of all programs, for checkneeds; its class is 0: any */
	struct strlist apart; /* names of layers with an archive of their own */
	struct strlist append; /* archives to append unchanged */
};

/* Create the files, all or none. Returns 0, or -1 with the errors in p. */
int create(const struct plan *plan, struct problems *p);

#endif
