/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is read in a tree but lies elsewhere: where symbolic links in it lead out of it. A build of
 * the tree depends on that as it does on the tree.
 */
#ifndef FS_OUTSIDE_H
#define FS_OUTSIDE_H

#include "base/buf.h"
#include "fs/tree.h"

/*
 * Append to out the real paths of the files and directories outside of it that links in the tree at
 * path, which was read as dir, lead to; then those that links in these directories lead to, and so
 * on; each once. What is called skip is left out, as by treeread. What does not count: links that
 * lead nowhere; what is except (NULL: nothing) or lies in it; a directory that the tree or except
 * lies in, which would be far too much. Returns 0, or -1 with errno; *where (if not NULL) then
 * names what is in trouble (caller frees).
 */
int outsidelist(const char *path, const struct treedir *dir, const char *skip, const char *except,
		struct strlist *out, char **where);

#endif
