/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running one script: environment, log, progress, interruption. */
#ifndef STEP_SCRIPT_H
#define STEP_SCRIPT_H

#include <stdbool.h>

#include "job.h"

/* How a script ended. */
struct outcome {
	int status;	 /* exit status; 128 + N if signal N ended it, or us */
	int interrupted; /* the signal that this process received meanwhile; or 0 */
	bool killed;	 /* SIGKILL ended it: files may be half-written */
	double seconds;	 /* duration */
};

/*
 * Run dir/STEP.sh by sh, with exactly the environment that docs/step.md lists, an empty standard
 * input, and its output in dir/STEP.log (and on standard output if j->verbose). Data that the
 * script writes to descriptor 9 goes to standard output. During a long run a note is printed from
 * time to time. SIGINT, SIGTERM and SIGHUP are passed on to all processes of the script. Processes
 * that it leaves running are killed after some seconds: nothing writes after this returns. The
 * duration is recorded for those notes under the name record (progressname).
 *
 * Returns 0 with *o, or -1 with errno if the script could not be started.
 */
int runscript(const struct job *j, const char *step, const char *record, struct outcome *o);

/* Print the last lines of step's log, and the log's path, on standard error. */
void runtail(const struct job *j, const char *step);

#endif
