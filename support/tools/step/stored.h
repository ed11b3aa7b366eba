/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The store of built images (docs/artifacts.md), as the step runner uses it. */
#ifndef STEP_STORED_H
#define STEP_STORED_H

#include <stdbool.h>

#include "base/digest.h"
#include "job.h"
#include "stale.h"

/* Write the name of the image that these keys make, a digest of all of them, to name. */
void storedname(const struct job *j, const struct buf *keys, char name[DIGESTHEX]);

/*
 * Take image/ from the store, if it is there. Returns true if image/, its digests and the records
 * now are those of s->keys. A failure of the store is a warning. If the image is there but cannot
 * be written to j->dir (no space, for example), the program ends.
 */
bool storedrestore(const struct job *j, const struct stale *s);

/*
 * Put image/, made by the steps of s, into the store; unless one of these steps, or of the unpack
 * step, ran without the sandbox. A failure of the store is a warning.
 */
void storedkeep(const struct job *j, const struct stale *s);

/*
 * Ask the store for the image that these keys make. Returns true if it is there; *meta then has the
 * digests of its parts and the durations of its steps, as lines "digest.PART HEX", "time STEP
 * SECONDS".
 */
bool storedlook(const struct job *j, const struct buf *keys, struct buf *meta);

#endif
