/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copying the fetched files to a directory that can serve as a mirror. */
#ifndef FETCH_MIRROR_H
#define FETCH_MIRROR_H

#include "base/buf.h"

/*
 * Put the file at from, with digest sum, at dest/path, as a regular file: a hard link if possible,
 * else a copy; it is verified afterwards. A symbolic link at that path is replaced. Returns 1 if it
 * was put there, 0 if it was there already, -1 with *why (caller frees); then nothing changed.
 */
int mirrorfile(const char *dest, const char *path, const char *from, const char *sum, char **why);

/*
 * Update dest/SHA256SUMS: lines has "SUM  PATH" of this run's files; the lines of other files that
 * still exist in dest are kept. Returns 0, or -1 with *why (caller frees).
 */
int mirrorsums(const char *dest, const struct strlist *lines, char **why);

#endif
