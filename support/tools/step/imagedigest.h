/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Digests of a package's image, one for each part. */
#ifndef STEP_IMAGEDIGEST_H
#define STEP_IMAGEDIGEST_H

#include <stdbool.h>

#include "job.h"

/*
 * Read dir/image; write dir/manifest (a line for each path, sorted: MODE DIGEST-or-target PATH) and
 * dir/digest.PART for the parts target, sysroot (sysroot and host, which dependants build with) and
 * images. A file is written only if its contents change. If the target part is not empty, dir/epoch
 * has the time that its files get in an archive, and is part of the digest. epoch is that time from
 * when the image was made; NULL takes the time of the newest source file in $SRC. Returns 0, or -1
 * with *why (caller frees).
 */
int imagedigest(const struct job *j, const char *epoch, char **why);

/*
 * Append the contents of dir/epoch (seconds and a newline) to out. Return true if the file exists.
 */
bool imageepoch(const struct job *j, struct buf *out);

#endif
