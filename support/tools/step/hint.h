/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a person may want to know when a step has failed. */
#ifndef STEP_HINT_H
#define STEP_HINT_H

#include "job.h"

/*
 * Look through the end of step's log and say, in three lines at most, which packages of
 * j->packages have a file that it missed and are no dependencies; and if it tried what the
 * sandbox forbids: where it wrote to.
 */
void hintsay(const struct job *j, const char *step);

#endif
