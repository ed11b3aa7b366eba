/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The loop that moves all jobs on, some at a time, and stops cleanly on a signal. */
#ifndef FETCH_LOOP_H
#define FETCH_LOOP_H

#include <stdbool.h>
#include <stddef.h>

#include "download.h"

/* From now on SIGINT, SIGTERM and SIGHUP only make runjobs return. Returns 0, or -1 with errno. */
int runsignals(void);

/* Nonzero once one of these signals has come. */
bool runstopped(void);

/*
 * Run n jobs to their end. Returns 0 when each is JOBDONE or JOBFAILED, -1 if a signal stopped
 * it (what was got so far is kept in parts) or libcurl cannot work.
 */
int runjobs(struct job *jobs, size_t n, const struct config *c);

#endif
