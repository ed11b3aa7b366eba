/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole content that an image unpacks to, and the lookup of paths in it. */
#ifndef MKINITRAMFS_CONTENTS_H
#define MKINITRAMFS_CONTENTS_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/* Set tree; leave the rest zero. */
struct contents {
	const struct tree *tree; /* the packed files, and those that exist already */
	struct tree appended;	 /* later archives, which override it; free with nodesfree */
};

/* Add the content of the archive in file. An unreadable one is reported in p. */
void contentsappend(struct contents *c, const char *file, struct problems *p);

/*
 * Return the node of path. Symbolic links are followed as the kernel does. Returns NULL if there is
 * none. The path of the node contains no links. A relative path starts at the root.
 */
struct node *contentsfollow(const struct contents *c, const char *path);

/* Do the same for the regular file name in directory dir. Returns NULL if there is none. */
struct node *contentsfile(const struct contents *c, const char *dir, const char *name);

#endif
