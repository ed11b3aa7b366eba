/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which steps to run, from what state, and what is recorded of them. */
#ifndef STEP_PIPELINE_H
#define STEP_PIPELINE_H

#include "job.h"

/*
 * Do what is stale of j->steps, in order, printing a line for each; or take the package's image
 * from the store, if it has the one that they would make. Returns EXIT_OK, EXIT_FAILED after a
 * message, or 128 + N when signal N ended it.
 *
 * Where a step begins:
 *   unpack     with no src/; it is run when another step is to be run, or asked for by name
 *   configure  with an empty build/ (unless j->keep and just the configuration changed)
 *              and a sysroot/ and host/ composed of the dependencies' images
 *   build      where configure ended: when build itself is stale, configure is done again
 *              (unless j->keep)
 *   install    with empty image/ directories
 * A step that was killed is never resumed; one that failed is resumed only if j->keep.
 * Before a step begins, the stamp and the records of it and of all later steps are removed.
 */
int pipelinerun(struct job *j);

#endif
