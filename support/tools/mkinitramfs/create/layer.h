/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory on the host as a layer of the root filesystem. */
#ifndef MKINITRAMFS_LAYER_H
#define MKINITRAMFS_LAYER_H

#include "merge.h"

/* How the names of a directory map to names of the root filesystem. */
struct scan {
	struct origin from;
	const char *prefix; /* path that they are put below, "" for the root; that directory itself
			       is not added */
	uint32_t uid, gid;  /* owner of all entries */
	bool checkout;	    /* modes depend on the umask of the user who checked it out */
};

/*
 * Merge everything below dir. Modes are kept; in a checkout they become 0755 or 0644 by the owner's
 * x bit, and entries named .git are skipped.
 */
void layerscan(struct tree *t, const struct scan *s, const char *dir, struct problems *p);

#endif
