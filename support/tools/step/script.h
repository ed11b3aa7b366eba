/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running one script: environment, log, progress, interruption. */
#ifndef STEP_SCRIPT_H
#define STEP_SCRIPT_H

#include <stdbool.h>

#include "job.h"

/* How a script ended. */
struct outcome {
	int status;	 /* its exit status; 128 + N when signal N ended it, or us */
	int interrupted; /* the signal that was sent to us meanwhile, or 0 */
	bool killed;	 /* SIGKILL ended it: what it was writing may be half there */
	double seconds;	 /* how long it took */
};

/*
 * Run dir/STEP.sh by sh, with just the environment that docs/step.md lists, standard input
 * empty, and its output in dir/STEP.log (and on ours when j->verbose). What the script writes
 * to descriptor 9 goes to our standard output. A long run says from time to time that it goes
 * on. SIGINT, SIGTERM and SIGHUP are passed on to all that the script started. What it leaves
 * running has some seconds to end and is then killed: nothing writes once this returns.
 *
 * How long it took is kept for those notes under the name record (progressname).
 *
 * Returns 0 with *o, or -1 with errno when it could not be started.
 */
int runscript(const struct job *j, const char *step, const char *record, struct outcome *o);

/* Print the last lines of step's log, and its path, on standard error. */
void runtail(const struct job *j, const char *step);

#endif
