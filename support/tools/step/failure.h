/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The record of a step that failed, for other programs: docs/step.md has its format. */
#ifndef STEP_FAILURE_H
#define STEP_FAILURE_H

#include <stdbool.h>

#include "job.h"
#include "script.h"

/*
 * Write dir/failure: how step ended (*o), and whether the machine or the script is the cause,
 * judged by the end of the step's log. full: the file system has no space left.
 */
void failurerecord(const struct job *j, const char *step, const struct outcome *o, bool full);

#endif
