/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who wins when two layers bring the same path, and when nobody may. */
#ifndef MKINITRAMFS_MERGE_H
#define MKINITRAMFS_MERGE_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

enum rank {
	RANK_LAYER,   /* equal to every other layer: different content is an error */
	RANK_OVERLAY, /* overrides what was there; directories that exist keep mode and owner */
	RANK_ENTRY, /* a line of a table: as an overlay, but the line counts for directories too */
};

/* Where a name comes from. */
struct origin {
	enum rank rank;
	const char *who;   /* name of the layer, borrowed for as long as the tree lives */
	const char *where; /* FILE:LINE, or NULL; borrowed for the call */
	unsigned table;	   /* number of the table, 0 when it is none */
};

/*
 * Give path the inode, or say in p why not. All layers come before all overlays and tables.
 */
void mergeput(struct tree *t, const struct origin *from, const char *path, struct inode *inode,
	      struct problems *p);

/*
 * Every node must lie in a directory: say in p which do not, or, with make, add what is
 * missing as 0755 of owner 0:0. Once, after all was merged.
 */
void mergeparents(struct tree *t, bool make, struct problems *p);

#endif
