/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a package has made: digests of its image, by part. */
#ifndef STEP_IMAGE_H
#define STEP_IMAGE_H

#include "job.h"

/*
 * Read dir/image and write dir/manifest (a line a path, sorted: MODE DIGEST-or-target PATH)
 * and dir/digest.PART for target, sysroot (what dependants are built with: sysroot and host)
 * and images; each only if it changed. 0, or -1 with *why (caller frees).
 */
int imagedigest(const struct job *j, char **why);

#endif
