/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two images differ in. */
#ifndef MKINITRAMFS_DIFF_H
#define MKINITRAMFS_DIFF_H

#include "mkinitramfs/tree/writelist.h"

/* One of the two; set name, leave the rest zero. */
struct side {
	const char *name;	  /* its file, borrowed */
	struct unpacked unpacked; /* to be filled by a visitor after sideopen */
	struct tree manifest;	  /* of rootfs.manifest beside the file; empty if there is none */
};

/* Read the manifest beside the file, if there is one; what is wrong with it is a problem. */
void sideopen(struct side *s, struct problems *p);

/*
 * Append a line for each path that was added, removed or changed, and totals: by who brought
 * them, as the manifests know, else by the directory at the top.
 */
void diffformat(struct side *old, struct side *new, struct buf *out);

void sideclose(struct side *s);

#endif
