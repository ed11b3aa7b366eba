/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths as text. Nothing here touches the file system. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

/*
 * name as a path below a root: slashes at its ends, doubled ones and "." taken out; "" is the root
 * itself. NULL if a ".." is in it. The caller frees it.
 */
char *pathclean(const char *name);

/* The path of the directory that path lies in, "" if there is no slash; the caller frees it. */
char *pathparent(const char *path);

/* The last name in path, in whose memory it lies. */
const char *pathlast(const char *path);

#endif
