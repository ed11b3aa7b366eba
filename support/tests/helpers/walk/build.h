/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Builds, and programs run otherwise. What cannot even be started ends the program. */
#ifndef WALK_BUILD_H
#define WALK_BUILD_H

#include "walk.h"

struct outcome {
	int status;		  /* of make: exit status, or 128 and the signal */
	unsigned int ran[NPARTS]; /* steps that it said were done, as bits */
	int twice;		  /* one of them was done twice */
	int took;		  /* milliseconds */
	struct buf log;		  /* all that it said */
};

/*
 * Run make in output directory out, with this goal (NULL: the default) and -j jobs. killafter
 * >= 0: after so many milliseconds, SIGKILL for make and what is in its process group; and, with
 * killall, for all else that it started, too.
 */
void build(const struct walk *w, const char *out, const char *goal, int jobs, int killafter,
	   int killall, struct outcome *o);
void outcomefree(struct outcome *o);

/* Wait until no process is left of the builds so far. */
void leftovers(void);

/* Run a program and wait for it, its output thrown away. Returns as outcome.status says. */
int runquietly(char *const argv[]);

/* Make the file system at w->space so small that about spare bytes are left; < 0: large. */
void spacelimit(const struct walk *w, long spare);

#endif
