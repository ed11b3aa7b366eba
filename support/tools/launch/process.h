/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running a program whose messages are kept. */
#ifndef LAUNCH_PROCESS_H
#define LAUNCH_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/pairs.h"

struct process {
	pid_t pid;
	int err;       /* the end of a pipe where its messages come from */
	int64_t start; /* ms, by base/clock.h */
};

/* The exit status of a program that was ended because its time was over. */
enum { PROCESS_LATE = 255 };

/*
 * Start argv, with more variables in its environment. It ends with this program. Returns 0, or -1
 * with errno.
 */
int processstart(struct process *p, char *const *argv, const struct pairs *env);

/*
 * Wait until it ends, for at most seconds since its start (0: for ever), and append its messages to
 * err. Returns its exit status, 128 + N after signal N, or PROCESS_LATE.
 */
int processwait(struct process *p, int seconds, struct buf *err);

/* Both, without a limit; 127 if it cannot be started. */
int processrun(char *const *argv, const struct pairs *env, struct buf *err);

#endif
