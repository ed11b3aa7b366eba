/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running builds and other programs. A program that cannot be started ends the walk. */
#ifndef WALK_BUILD_H
#define WALK_BUILD_H

#include "walk.h"

struct outcome {
	int status;		  /* of make: exit status, or 128 and the signal */
	unsigned int ran[NPARTS]; /* steps that it reported as done, as bits */
	int twice;		  /* a step was done twice */
	int took;		  /* milliseconds */
	struct buf log;		  /* its output */
};

/*
 * Run make in output directory out with this goal (NULL: the default) and -j jobs. If killafter >=
 * 0, send SIGKILL after so many milliseconds to make and its process group; with killall, also to
 * all other processes that it started.
 */
void build(const struct walk *w, const char *out, const char *goal, int jobs, int killafter,
	   int killall, struct outcome *o);
void outcomefree(struct outcome *o);

/* Wait until all processes of the builds so far have ended. */
void leftovers(void);

/* Run a program and wait for it; discard its output. Returns a status like outcome.status. */
int runquietly(char *const argv[]);

/* Limit the file system at w->space so that about spare bytes are free; < 0: no limit. */
void spacelimit(const struct walk *w, long spare);

#endif
