/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The record of a step that failed, for other programs: docs/step.md has its format. */
#ifndef STEP_FAILURE_H
#define STEP_FAILURE_H

#include <stdbool.h>

#include "job.h"
#include "script.h"

/*
 * Write dir/failure: that step ended as *o says, and whether the machine or the script itself is
 * the cause, by what the end of the step's log says. full: its file system has no space left.
 */
void failurerecord(const struct job *j, const char *step, const struct outcome *o, bool full);

#endif
