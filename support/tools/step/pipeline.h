/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the stale steps of a package and records the results. */
#ifndef STEP_PIPELINE_H
#define STEP_PIPELINE_H

#include "job.h"

/*
 * Run the stale steps of j->steps in order, and print a line for each; or take the image from the
 * store, if the store has the image for these keys. Returns EXIT_OK, EXIT_FAILED after a message,
 * or 128 + N if signal N ended it.
 *
 * Where a step begins:
 *   unpack     without src/; runs only if another step has to run, or if named on the command line
 *   configure  in an empty build/ (unless j->keep and only the configuration changed),
 *              with a sysroot/ and host/ composed of the dependencies' images
 *   build      after configure; if build itself is stale, configure runs again
 *              (unless j->keep)
 *   install    with empty image/ directories
 * A step that was killed is never resumed; one that failed is resumed only if j->keep.
 * Before a step begins, the stamp and the records of it and of all later steps are removed.
 */
int pipelinerun(struct job *j);

#endif
