/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Removing and replacing directory trees. Functions return 0, or -1 with errno set. */
#ifndef FS_REMOVE_H
#define FS_REMOVE_H

/*
 * Remove path and all below it, however deep, with few descriptors; never follows a symbolic link.
 * A missing path is fine.
 */
int treeremove(const char *path);

/*
 * Let the directory new take the place of path, whose tree is removed; PATH.whittle-old is used on
 * the way. A symbolic link at path is replaced; anything but these two stays, with ENOTDIR.
 */
int treereplace(const char *new, const char *path);

#endif
