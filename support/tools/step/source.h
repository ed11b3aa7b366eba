/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The source tree: made when a step needs it, by whoever needs it first. */
#ifndef STEP_SOURCE_H
#define STEP_SOURCE_H

#include "job.h"
#include "key.h"

/*
 * See that j->source is unpacked as its unpack.sh of now says. What was there goes first, so a
 * tree that was cut short is never taken for a whole one. Returns EXIT_OK, EXIT_FAILED after
 * a message, or 128 + N when signal N ended it; nothing to do where the job has no source.
 */
int sourceready(const struct job *j);

/* Nonzero if that would have to unpack it, by what view (may be NULL) and the disk say. */
int sourcestale(const struct job *j, const struct keyview *view);

#endif
