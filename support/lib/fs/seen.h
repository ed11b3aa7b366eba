/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was seen of a tree of sources, for the programs that come later in the same build: to look
 * at the kernel's 90,000 files takes longer than to read what was seen of them.
 */
#ifndef FS_SEEN_H
#define FS_SEEN_H

#include <time.h>

#include "fs/snapshot.h"

/*
 * Write to file what dir has, which was read of the tree at path, and when it was begun to be read,
 * by the clock that the kernel dates files with (CLOCK_REALTIME_COARSE). Returns 0; or -1, with
 * errno, if that cannot be written, and then no file is there.
 */
int seenwrite(const char *file, const char *path, struct timespec looked,
	      const struct treedir *dir);

/*
 * Add to s what was seen of the tree at path, and set *looked to the time. Returns 0, or -1 if file
 * is not that of this tree, or not whole; s is then empty, and *looked as before.
 */
int seenread(const char *file, const char *path, struct snapshot *s, struct timespec *looked);

#endif
