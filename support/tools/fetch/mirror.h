/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A copy of the fetched files that can serve as a mirror. */
#ifndef FETCH_MIRROR_H
#define FETCH_MIRROR_H

#include "base/buf.h"

/*
 * Leave the file at from, whose digest is sum, as path below dest: as a regular file, verified once
 * it is there; a hard link where that can be, else a copy. A symbolic link at that path is
 * replaced. Returns 1 put there, 0 it was there already, -1 with *why (caller frees) and nothing
 * changed.
 */
int mirrorfile(const char *dest, const char *path, const char *from, const char *sum, char **why);

/*
 * Bring dest/SHA256SUMS up to date: lines are this run's "SUM  PATH"; what it says of other
 * files that are still in dest stays. Returns 0, or -1 with *why, which the caller frees.
 */
int mirrorsums(const char *dest, const struct strlist *lines, char **why);

#endif
