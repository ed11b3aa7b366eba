/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The store of built images (docs/artifacts.md), as the step runner uses it. */
#ifndef STEP_STORED_H
#define STEP_STORED_H

#include "base/digest.h"
#include "job.h"
#include "stale.h"

/* The name of the image that these keys make: a digest of them all. */
void storedname(const struct job *j, const struct buf *keys, char name[DIGESTHEX]);

/*
 * Take image/ from the store, if it is there. Returns nonzero when image/, its digests and the
 * records are those of s->keys now. A warning is printed when the store is in trouble; when
 * the image is there but cannot be put into j->dir (no space, say), this ends the program.
 */
int storedrestore(const struct job *j, const struct stale *s);

/*
 * Keep image/ in the store, which was made by the steps of s; unless one of them, or what it was
 * made from, went without the sandbox. It may print a warning.
 */
void storedkeep(const struct job *j, const struct stale *s);

/*
 * What the store says of the image these keys make: nonzero if it is there, *meta then the
 * digests of its parts and the times of its steps, as lines "digest.PART HEX", "time STEP SECONDS".
 */
int storedlook(const struct job *j, const struct buf *keys, struct buf *meta);

#endif
