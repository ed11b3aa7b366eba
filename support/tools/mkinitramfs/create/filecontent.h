/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The content of a file, on its way into an archive. */
#ifndef MKINITRAMFS_FILECONTENT_H
#define MKINITRAMFS_FILECONTENT_H

#include <stddef.h>

#include "base/digest.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/* Where it goes. */
struct contentout {
	int (*put)(void *to, const void *data, size_t len); /* write; return 0, or -1 to stop */
	void *to;
	const char *name; /* of the output file in messages */
};

/*
 * Write the content of the file o, exactly o->size bytes, and add it to d, which may be NULL.
 * Returns 0, or -1 with the error in p.
 */
int contentput(const struct inode *o, const struct contentout *out, struct digest *d,
	       struct problems *p);

#endif
