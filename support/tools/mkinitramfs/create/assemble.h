/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tree, and what goes after it, as files. */
#ifndef MKINITRAMFS_ASSEMBLE_H
#define MKINITRAMFS_ASSEMBLE_H

#include "create.h"
#include "fs/file.h"
#include "mkinitramfs/tree/node.h"

/*
 * Write the sealed tree's parts, one after the other, and then the appended archives to out, and
 * not compressed to plain, if the plan wants that; each under a temporary name, for outcommit.
 * 0, or -1 with the reasons in p.
 */
int pack(const struct plan *plan, const struct tree *t, struct outfile *out, struct outfile *plain,
	 struct problems *p);

#endif
