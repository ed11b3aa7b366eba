/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is recorded and said when a step ended, and when it begins again. */
#ifndef STEP_DONE_H
#define STEP_DONE_H

#include "base/buf.h"
#include "job.h"
#include "script.h"

/*
 * step is not done any more, and neither is what follows it, whoever is asked to do that: their
 * records go, and the stamp, and the mark that the image is one of the store.
 */
void doneundo(const struct job *j, const char *step);

/*
 * step, which had this key, ended as *o says. A step that succeeded is recorded. One that
 * failed leaves what the next run may start from; one that was killed, or had no space, may have
 * left half-written files, and so the mark that it was running stays. Returns *o's status.
 */
int doneended(const struct job *j, const char *step, const struct outcome *o,
	      const struct buf *key);

/* Print the line of a step that is done. */
void donesay(const struct job *j, const char *step, double seconds);

#endif
