/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A cache of file digests, kept between runs. A file is not read again if its size, times, inode
 * and device are unchanged. Times are compared for equality only, so a clock that jumps does no
 * harm. If a file changed just before it was read, its times might not show a further change; it is
 * read again in the next run.
 */
#ifndef INPUTS_INDEX_H
#define INPUTS_INDEX_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/digest.h"

struct index;

/* Load the index at path. A missing or damaged file gives an empty index. Never returns NULL. */
struct index *indexopen(const char *path);

/*
 * Get the digest of the content of the regular file at path, whose status is st. Returns 0, or -1
 * with errno set.
 */
int indexfile(struct index *x, const char *path, const struct stat *st, char hex[DIGESTHEX]);

/*
 * Whether one of the files that were read since the last call may have changed after its status was
 * taken: its digest is then that of what is there now.
 */
bool indexmoved(struct index *x);

/*
 * Cache another digest that depends on the file at path. indexnoted returns whether indexnote
 * was called with the same digest when the file had status st. A path must be used either with
 * indexfile or with these functions.
 */
bool indexnoted(struct index *x, const char *path, const struct stat *st,
		const char hex[DIGESTHEX]);
void indexnote(struct index *x, const char *path, const struct stat *st, const char hex[DIGESTHEX]);

/*
 * Write the index if it changed by more than a few known files, and free it. Returns 0, or -1 with
 * errno set; it is freed in both cases.
 */
int indexclose(struct index *x);

#endif
