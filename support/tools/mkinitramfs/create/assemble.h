/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing of a tree and of the appended archives to files. */
#ifndef MKINITRAMFS_ASSEMBLE_H
#define MKINITRAMFS_ASSEMBLE_H

#include "create.h"
#include "fs/file.h"
#include "mkinitramfs/tree/node.h"

/*
 * Write the parts of the sealed tree in order, then the appended archives, to out, and uncompressed
 * to plain if the plan has it. Both get temporary names until outcommit. Returns 0, or -1 with the
 * errors in p.
 */
int pack(const struct plan *plan, const struct tree *t, struct outfile *out, struct outfile *plain,
	 struct problems *p);

#endif
