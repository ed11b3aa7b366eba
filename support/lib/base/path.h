/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Operations on paths as text. Nothing here accesses the file system. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

/*
 * Return name as a path relative to a root: remove leading, trailing and double slashes and "."
 * components. "" is the root itself. Returns NULL if a component is "..". Caller frees.
 */
char *pathclean(const char *name);

/* Return the path of path's parent directory, "" if it has no slash. Caller frees. */
char *pathparent(const char *path);

/* Return the last component of path, as a pointer into path. */
const char *pathlast(const char *path);

#endif
