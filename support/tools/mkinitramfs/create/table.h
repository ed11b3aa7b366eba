/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table: a text that lists entries, in a superset of the kernel's gen_init_cpio format. */
#ifndef MKINITRAMFS_TABLE_H
#define MKINITRAMFS_TABLE_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Merge the table in file. who is its name, borrowed for as long as the tree lives; number
 * tells it from other tables, from 1. What is wrong is said in p as FILE:LINE.
 */
void tableread(struct tree *t, const char *who, unsigned number, const char *file,
	       struct problems *p);

/*
 * Append to out the paths of the files and directories of the host that the table in file reads,
 * but itself, one after the other; also of what it includes. What is wrong in it is passed over.
 */
void tablereads(const char *file, struct strlist *out);

#endif
