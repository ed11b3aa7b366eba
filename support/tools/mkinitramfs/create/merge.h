/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Merging of layers: which layer wins if two have the same path, and which conflicts are errors. */
#ifndef MKINITRAMFS_MERGE_H
#define MKINITRAMFS_MERGE_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

enum rank {
	RANK_LAYER,   /* equal to other layers: different content is an error */
	RANK_OVERLAY, /* overrides layers; existing directories keep their mode and owner */
	RANK_ENTRY, /* a line of a table: like an overlay, but also changes existing directories */
};

/* The origin of a name. */
struct origin {
	enum rank rank;
	const char *who;   /* name of the layer, borrowed for as long as the tree lives */
	const char *where; /* FILE:LINE, or NULL; borrowed for the call */
	unsigned table;	   /* number of the table, 0 if it is not a table */
};

/* Set the inode of path, or report a conflict in p. Merge all layers before overlays and tables. */
void mergeput(struct tree *t, const struct origin *from, const char *path, struct inode *inode,
	      struct problems *p);

/*
 * Check that the parent of every node is a directory. Missing parents are reported in p, or, with
 * make, added with mode 0755 and owner 0:0. Call it once, after everything is merged.
 */
void mergeparents(struct tree *t, bool make, struct problems *p);

#endif
