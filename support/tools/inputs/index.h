/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Digests of files and trees, remembered from run to run: a file whose size, times, inode
 * and mode are as they were is not read again. Times are compared for being the same, never
 * for being newer, so a clock that jumps does no harm; a file that changed so shortly before
 * it was read that its times could not tell a further change is read again next time.
 */
#ifndef INPUTS_INDEX_H
#define INPUTS_INDEX_H

#include "digest.h"

struct index;

/* Load the index at path; a missing or damaged one is an empty one. Never NULL. */
struct index *indexopen(const char *path);

/*
 * Digest of what is at path: of a file, its content; of a directory, the sorted list of
 * all below it (relative name, kind, whether executable, content digest or link target),
 * but not of a .git at its top. Names that are neither file, directory nor link count by kind.
 * configs (NULL: not wanted) gets the same of just those files of a directory that decide on its
 * configuration, where it is one of kbuild's: Kconfig*, *_defconfig, *.config; of a file, "".
 * Returns 0, or -1 with errno; *where (if not NULL) then names the file in trouble (caller
 * frees).
 */
int indexdigest(struct index *x, const char *path, char hex[DIGESTHEX], char configs[DIGESTHEX],
		char **where);

/* Write it back if it changed, then free it. 0 or -1 with errno (freed in either case). */
int indexclose(struct index *x);

#endif
