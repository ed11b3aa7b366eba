/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Composing a directory from several trees, such as a package's sysroot, or images/. */
#ifndef FS_COMPOSE_H
#define FS_COMPOSE_H

#include <stddef.h>

/* One of the trees. */
struct part {
	const char *name; /* its package, for messages */
	const char *dir;  /* path of the tree; if missing, it is empty */
};

/*
 * Replace dir by a copy of all parts: files with mode and modification time, symbolic links as
 * links. Two parts may have the same path only if its contents are the same. Returns 0; or -1 with
 * *why (caller frees), a sentence on the cause; dir is then incomplete.
 */
int compose(const char *dir, const struct part *parts, size_t nparts, char **why);

#endif
