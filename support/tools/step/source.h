/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The source tree. The first step that needs it unpacks it. */
#ifndef STEP_SOURCE_H
#define STEP_SOURCE_H

#include <stdbool.h>

#include "job.h"
#include "key.h"

/*
 * Unpack j->source unless its tree is up to date with its unpack.sh. The old tree is removed first,
 * so an incomplete tree is never taken for a complete one. Returns EXIT_OK, EXIT_FAILED after a
 * message, or 128 + N if signal N ended it. Does nothing if the job has no source.
 */
int sourceready(const struct job *j);

/* Return true if sourceready would unpack; view (may be NULL) takes precedence over the disk. */
bool sourcestale(const struct job *j, const struct keyview *view);

#endif
