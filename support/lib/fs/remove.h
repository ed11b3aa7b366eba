/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Removing and replacing directory trees. Functions return 0, or -1 with errno set. */
#ifndef FS_REMOVE_H
#define FS_REMOVE_H

/*
 * Remove path and everything below it, at any depth, with few open descriptors. Symbolic links are
 * not followed. A missing path is fine.
 */
int treeremove(const char *path);

/*
 * Rename the directory new to path, and remove the tree that was at path; PATH.whittle-old is used
 * temporarily. A symbolic link at path is replaced. Any other type is kept: errno is ENOTDIR.
 */
int treereplace(const char *new, const char *path);

#endif
