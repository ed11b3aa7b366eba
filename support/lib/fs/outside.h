/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files outside a tree that symbolic links in the tree lead to. A build of the tree depends on
 * them, too.
 */
#ifndef FS_OUTSIDE_H
#define FS_OUTSIDE_H

#include "base/buf.h"
#include "fs/tree.h"

/*
 * Append to out the real paths of files and directories outside the tree that symbolic links in it
 * lead to; then of those that links in these directories lead to, and so on; each once. path is the
 * tree's path, dir its contents (tree.h). Names equal to skip are ignored, as in treeread. Also
 * ignored: dangling links; except (may be NULL) and anything in it; and directories that contain
 * the tree or except, which would be far too large. Returns 0, or -1 with errno; *where (if not
 * NULL) then names the file that failed (caller frees).
 */
int outsidelist(const char *path, const struct treedir *dir, const char *skip, const char *except,
		struct strlist *out, char **where);

/*
 * The same of a tree whose symbolic links are known: links are their paths, relative to the tree.
 */
int outsidelinks(const char *path, const struct strlist *links, const char *skip,
		 const char *except, struct strlist *out, char **where);

#endif
