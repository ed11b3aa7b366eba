/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records and messages when a step ends, and when it begins again. */
#ifndef STEP_DONE_H
#define STEP_DONE_H

#include "base/buf.h"
#include "job.h"
#include "script.h"

/*
 * Mark step and all later steps of the package as not done, including those that this job does not
 * run: remove their records, the stamp, and the mark that the image was taken from the store.
 */
void doneundo(const struct job *j, const char *step);

/*
 * Record that step, which had this key, ended as *o says. For a step that succeeded, keep its key.
 * A step that failed leaves what the next run can resume from. A step that was killed, or ran out
 * of space, may have left half-written files: the mark that it was running stays. Returns
 * o->status.
 */
int doneended(const struct job *j, const char *step, const struct outcome *o,
	      const struct buf *key);

/* Print the line of a finished step. */
void donesay(const struct job *j, const char *step, double seconds);

#endif
