/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a package has made: digests of its image, by part. */
#ifndef STEP_IMAGEDIGEST_H
#define STEP_IMAGEDIGEST_H

#include "job.h"

/*
 * Read dir/image and write dir/manifest (a line a path, sorted: MODE DIGEST-or-target PATH)
 * and dir/digest.PART for target, sysroot (what dependants are built with: sysroot and host)
 * and images; each only if it changed. Where the target part holds something, dir/epoch has the
 * time that its files get in an archive, that of the newest source, and counts to its digest:
 * epoch is what it was when the image was made, or NULL: $SRC tells. 0, or -1 with *why
 * (caller frees).
 */
int imagedigest(const struct job *j, const char *epoch, char **why);

/* Append what dir/epoch holds, seconds and an end of line; nonzero if there is one. */
int imageepoch(const struct job *j, struct buf *out);

#endif
