/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A copy of the fetched files that can serve as a mirror. Functions return -1 with errno set. */
#ifndef FETCH_MIRROR_H
#define FETCH_MIRROR_H

#include "buf.h"

/*
 * Leave the file at from, whose digest is sum, as path below dest: as a hard link, or a copy
 * where that cannot be. Returns 1 put there, 0 it was there already.
 */
int mirrorfile(const char *dest, const char *path, const char *from, const char *sum);

/*
 * Bring dest/SHA256SUMS up to date: lines are this run's "SUM  PATH"; what it says of other
 * files that are still in dest stays. Returns 0.
 */
int mirrorsums(const char *dest, const struct strlist *lines);

#endif
