/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Digests of files and trees. There is one for each use of a tree. It changes exactly when the
 * result of that use may change: see layer.c of mkinitramfs for packing, and what a build can read.
 * A .git is ignored at every depth; its state, which a build may read, has a digest of its own
 * (git.h).
 */
#ifndef INPUTS_CONTENT_H
#define INPUTS_CONTENT_H

#include "index.h"

/*
 * Compute the digest for packing. For a file: its content. For a directory: the sorted list of
 * everything below it, with relative name, type, the owner's x bit, content, link target, device
 * number and hard links. Returns 0, or -1 with errno set; *where (if where is not NULL) then names
 * the file that failed (caller frees).
 */
int contentdigest(struct index *x, const char *path, char hex[DIGESTHEX], char **where);

/* Do the same for a path that may be missing or have another type; the digest records this. */
int contentany(struct index *x, const char *path, char hex[DIGESTHEX], char **where);

/* Digests of a source that is built. */
struct sources {
	char hex[DIGESTHEX]; /* as contentdigest, but with all mode bits, and with the content that
				links refer to outside the tree (outside.h) */
	char configs[DIGESTHEX]; /* of those files of a directory that determine its configuration,
				    if it uses kbuild: Kconfig*, *_defconfig, *.config, the top
				    Makefile, scripts; "" for a file */
	char git[DIGESTHEX];	 /* the git state (git.h); "" without a .git */
};

/* How to look at sources. */
struct look {
	const char *except; /* a directory: links into it are not followed (outside.h); or NULL */
	const char *seen;   /* a file for what is seen of a directory (lib/fs/seen.h); or NULL */
};

/*
 * Compute the digests of the source at path. Returns as contentdigest. That look->seen cannot be
 * written is no error: there is none then.
 */
int sourcesdigest(struct index *x, const char *path, const struct look *look, struct sources *s,
		  char **where);

#endif
