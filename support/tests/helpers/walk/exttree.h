/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing the external tree of a world: recipes, menus, patches, source directories and the
 * overlay. A failure ends the program.
 */
#ifndef WALK_EXTTREE_H
#define WALK_EXTTREE_H

#include "world.h"

/* How an editor leaves a file. */
struct editing {
	int replace; /* rename a new file over the old one, instead of writing into it */
	enum {
		DATENOW,    /* now */
		DATESAME,   /* the same as before */
		DATEOLD,    /* long ago, as after unpacking or copying with dates */
		DATEFUTURE, /* tomorrow */
		NDATES
	} date;
};

/* Write the changes in w to the tree at ext; remove what w does not have. */
void treewrite(const struct world *w, const char *ext, const struct editing *how);

/* Make the tarballs of all versions in dir/<package>/, and record their digests for treewrite. */
void tarballs(const char *dir);

/* Set the dates of all files below dir to now. */
void treetouch(const char *dir);

/* Set the date of path, or of all files below it, one hour ahead. */
void treeahead(const char *path);

/* Run git status in a source directory: it rewrites its index. */
void treegit(const char *ext, int tree);

/*
 * Simulate a clock that is set back by seconds: files are dated that much further into the future.
 * Only files dated by the machine's clock change; those of the build clock (2001 and later,
 * support/lib/fs/buildclock.h) and files from tarballs do not.
 */
void treeshift(const char *dir, long seconds);

#endif
