/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hints after a failed step. */
#ifndef STEP_HINT_H
#define STEP_HINT_H

#include "job.h"

/*
 * Read the end of step's log and print at most three lines: which packages of j->packages have a
 * missing file but are no declared dependency; and, if the step violated the sandbox, the path that
 * it tried to write.
 */
void hintsay(const struct job *j, const char *step);

#endif
