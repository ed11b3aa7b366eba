/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One directory made of several: what a package is built against, and images/.
 */
#ifndef FS_COMPOSE_H
#define FS_COMPOSE_H

#include <stddef.h>

/* One tree that goes in. */
struct part {
	const char *name; /* who brings it, for messages */
	const char *dir;  /* the tree; a missing one is an empty one */
};

/*
 * Copy all parts into dir, which is replaced: files with mode and mtime, links as links.
 * Two parts may bring one path only if it is the same in both. Returns 0; or -1 with
 * *why (caller frees) a sentence that says what went wrong, dir then being incomplete.
 */
int compose(const char *dir, const struct part *parts, size_t nparts, char **why);

#endif
