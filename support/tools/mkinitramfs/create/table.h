/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table: a text file that lists entries, in a superset of the kernel's gen_init_cpio format. */
#ifndef MKINITRAMFS_TABLE_H
#define MKINITRAMFS_TABLE_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Merge the table in file. who is its name, borrowed as long as the tree lives; number identifies
 * the table, from 1. Errors are reported in p with FILE:LINE.
 */
void tableread(struct tree *t, const char *who, unsigned number, const char *file,
	       struct problems *p);

/*
 * Append to out the paths of the files and directories on the host that the table in file reads,
 * including those of included tables, but not file itself. Errors in the table are ignored.
 */
void tablereads(const char *file, struct strlist *out);

#endif
