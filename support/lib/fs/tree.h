/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory tree with what stat says of all in it, read at once and by several threads: of the
 * kernel's 90,000 files that is what takes the time.
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
	struct stat st;	     /* of a symbolic link, its own */
	struct treedir *dir; /* what is in it, if it is a directory; else NULL */
};

struct treedir {
	struct treenode *item; /* sorted by name, by bytes */
	size_t len;
	char *names;  /* where those of item are */
	bool skipped; /* a name that is left out was there */
};

/*
 * Read what is below the directory at path, but nothing that is called skip, at whatever depth
 * (NULL: none is left out). Symbolic links are not followed, but path itself may be one. What
 * vanishes meanwhile is left out. Free the result with treefree. NULL with errno if a directory
 * cannot be read; *where (if not NULL) then names it (caller frees).
 */
struct treedir *treeread(const char *path, const char *skip, char **where);

void treefree(struct treedir *d); /* NULL is fine */

#endif
