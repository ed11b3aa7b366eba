/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The external tree: recipes, menus, patches, directories of sources and the overlay, written
 * as a world has them. What cannot be written ends the program.
 */
#ifndef WALK_EXTTREE_H
#define WALK_EXTTREE_H

#include "world.h"

/* How an editor leaves a file. */
struct editing {
	int replace; /* a new file takes the place of the old one, instead of being written over it
		      */
	enum {
		DATENOW,    /* the time of day */
		DATESAME,   /* just that of before */
		DATEOLD,    /* long ago: unpacked, or copied with its date */
		DATEFUTURE, /* tomorrow */
		NDATES
	} date;
};

/* Write what is different in w into the tree at ext; what w does not have is removed. */
void treewrite(const struct world *w, const char *ext, const struct editing *how);

/* Make the tarballs of all versions in dir/<package>/, and note their digests for treewrite. */
void tarballs(const char *dir);

/* Date all files below dir now. */
void treetouch(const char *dir);

/* Date path, or all files below it, an hour ahead. */
void treeahead(const char *path);

/* git status in a directory of sources: it writes its index anew. */
void treegit(const char *ext, int tree);

/*
 * What a clock that is set back by seconds does to files: they are dated that much more into
 * the future. Only files that have their times from the machine's clock count. Those of the
 * build's own clock (2001 and on, support/lib/fs/buildclock.h) and what tarballs brought do not
 * move.
 */
void treeshift(const char *dir, long seconds);

#endif
