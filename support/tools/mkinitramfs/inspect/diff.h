/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparison of two images. */
#ifndef MKINITRAMFS_DIFF_H
#define MKINITRAMFS_DIFF_H

#include "mkinitramfs/tree/writelist.h"

/* One of the two images. Set name; leave the rest zero. */
struct side {
	const char *name;	  /* name of its file, borrowed */
	struct unpacked unpacked; /* filled by a visitor after sideopen */
	struct tree manifest;	  /* from the rootfs.manifest next to it; else empty */
};

/* Read the manifest in the directory of the image, if there is one. Errors are added to p. */
void sideopen(struct side *s, struct problems *p);

/*
 * Append a line for each path that was added, removed or changed, and totals by origin, as the
 * manifests give it, or else by top-level directory.
 */
void diffformat(struct side *old, struct side *new, struct buf *out);

void sideclose(struct side *s);

#endif
