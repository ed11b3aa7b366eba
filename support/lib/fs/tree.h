/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory tree with the stat data of its files, read in advance by several threads: with the
 * kernel's 90,000 files, these calls take most of the time.
 */
#ifndef FS_TREE_H
#define FS_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct treedir;

/* One name in a directory. */
struct treenode {
	const char *name;
	struct stat st;	     /* as by lstat */
	struct treedir *dir; /* its contents, if it is a directory; else NULL */
};

struct treedir {
	struct treenode *item; /* sorted by name, bytewise */
	size_t len;
	char *names;  /* buffer of the names; owned */
	bool skipped; /* a name equal to skip was found */
};

/*
 * Read the tree below the directory at path. Names equal to skip (may be NULL) are left out at
 * every depth. Symbolic links are not followed, but path itself may be one. Files that vanish
 * meanwhile are left out. Returns a tree, to be freed by treefree; or NULL with errno if a
 * directory cannot be read; *where (if not NULL) then names it (caller frees).
 */
struct treedir *treeread(const char *path, const char *skip, char **where);

void treefree(struct treedir *d); /* NULL is fine */

#endif
