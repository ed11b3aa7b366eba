/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The end of a step's log, which is searched for the reason of a failure. */
#ifndef STEP_LOGEND_H
#define STEP_LOGEND_H

#include "job.h"

/*
 * Append the last 256 KiB of step's log to out, with each NUL byte as a blank, so that it can be
 * searched as a string. out stays empty if there is no log. Read from a file that is still growing,
 * it may be less.
 */
void logend(const struct job *j, const char *step, struct buf *out);

#endif
