/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory of the host as a layer of the root filesystem. */
#ifndef MKINITRAMFS_LAYER_H
#define MKINITRAMFS_LAYER_H

#include "merge.h"

/* How the names of a directory become names of the root filesystem. */
struct scan {
	struct origin from;
	const char *prefix; /* path they go below, "" for the root; that directory is not added */
	uint32_t uid, gid;  /* owner of all of them */
	bool checkout;	    /* modes depend on the umask of whoever checked it out */
};

/*
 * Merge all below dir. Modes are kept; those of a checkout become 0755 or 0644 by the owner's x
 * bit, and nothing called .git is part of it.
 */
void layerscan(struct tree *t, const struct scan *s, const char *dir, struct problems *p);

#endif
