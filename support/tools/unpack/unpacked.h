/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What has been unpacked so far, by path: the ground on which an entry is refused that
 * would go through a symbolic link, or replace one kind of thing with another. The
 * directory is new and ours alone, so this is all there is in it.
 */
#ifndef UNPACK_UNPACKED_H
#define UNPACK_UNPACKED_H

#include "archive/bound.h"

enum kind {
	KIND_NONE, /* nothing at that path */
	KIND_FILE, /* a regular file, or a hard link to one */
	KIND_DIR,
	KIND_SYMLINK,
};

struct tree {
	void *root;	    /* of tsearch(3) */
	char *parent;	    /* directory that was found good last, or NULL; owned */
	struct bound bound; /* what is kept of names */
};

/* What is at path. */
enum kind treekind(struct tree *t, const char *path);

/*
 * Note that path becomes a thing of this kind, and what leads to it directories. Returns NULL, or
 * why it may not be, as a new string that the caller frees; then nothing is noted.
 */
char *treeadd(struct tree *t, const char *path, enum kind kind);

void unpackedfree(struct tree *t);

#endif
