/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The event loop: runs all jobs, a limited number at a time, and stops cleanly on a signal. */
#ifndef FETCH_LOOP_H
#define FETCH_LOOP_H

#include <stdbool.h>
#include <stddef.h>

#include "download.h"

/* Handle SIGINT, SIGTERM and SIGHUP: they only make runjobs return. Returns 0, or -1 with errno. */
int runsignals(void);

/* Return true if one of these signals has arrived. */
bool runstopped(void);

/*
 * Run n jobs to completion. Returns 0 when each is JOBDONE or JOBFAILED; -1 if a signal stopped it
 * (partial downloads are kept) or libcurl fails.
 */
int runjobs(struct job *jobs, size_t n, const struct config *c);

#endif
