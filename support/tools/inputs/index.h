/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Digests of files, remembered from run to run: a file whose size, times, inode and device are as
 * they were is not read again. Times are compared for being the same, never for being newer, so a
 * clock that jumps does no harm; a file that changed so shortly before it was read that its times
 * could not tell a further change is read again next time.
 */
#ifndef INPUTS_INDEX_H
#define INPUTS_INDEX_H

#include <sys/stat.h>

#include "base/digest.h"

struct index;

/* Load the index at path; a missing or damaged one is an empty one. Never NULL. */
struct index *indexopen(const char *path);

/* Digest of the content of the regular file at path, of which stat says st. 0, or -1 with errno. */
int indexfile(struct index *x, const char *path, const struct stat *st, char hex[DIGESTHEX]);

/*
 * The same memory for a digest of something else that a file at path decides on: indexnoted is
 * nonzero if indexnote was given just that digest when the file was as st says. A path is used in
 * one way only.
 */
int indexnoted(struct index *x, const char *path, const struct stat *st, const char hex[DIGESTHEX]);
void indexnote(struct index *x, const char *path, const struct stat *st, const char hex[DIGESTHEX]);

/* Write it back if it changed, then free it. 0 or -1 with errno (freed in either case). */
int indexclose(struct index *x);

#endif
