/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that an image will unpack to, and where a path in it leads. */
#ifndef MKINITRAMFS_CONTENTS_H
#define MKINITRAMFS_CONTENTS_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/* Set tree, leave the rest zero. */
struct contents {
	const struct tree *tree; /* what we pack, and what is there already */
	struct tree appended;	 /* what comes after it, and so wins; nodesfree it */
};

/* Add what the archive in file has. One that cannot be read is a problem. */
void contentsappend(struct contents *c, const char *file, struct problems *p);

/*
 * What path is when symbolic links are followed, as the kernel does it; NULL if it leads
 * nowhere. The node's path is free of links. Relative paths begin at the root.
 */
struct node *contentsfollow(const struct contents *c, const char *path);

/* The same for the regular file of that name in directory dir, NULL if there is none. */
struct node *contentsfile(const struct contents *c, const char *dir, const char *name);

#endif
