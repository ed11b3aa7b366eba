/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What replay keeps between two runs, in the directory .replay of the build directory. */
#ifndef REPLAY_STATE_H
#define REPLAY_STATE_H

#include <stdbool.h>
#include <time.h>

#include "base/buf.h"
#include "base/digest.h"
#include "fs/snapshot.h"

/* The two trees, and the command that kbuild is run by. */
struct work {
	char *src;   /* the kernel's sources: a real path */
	char *build; /* the build directory: a real path */
	char **command;
	char goals[DIGESTHEX];	/* digest of the command */
	char env[DIGESTHEX];	/* digest of the environment, without what differs each time */
	struct timespec begun;	/* when this run began to look at the sources */
	struct timespec looked; /* when it had looked at them, by the monotonic clock */
};

/* Zero-initialise before use. */
struct state {
	char env[DIGESTHEX];
	char goals[DIGESTHEX];	 /* of the last build that succeeded */
	struct timespec begun;	 /* when the last run began */
	struct strlist pending;	 /* targets that the last run may have left undone */
	struct snapshot source;	 /* as it was when the last successful run began */
	struct snapshot build;	 /* as the last run left it */
	struct snapshot outside; /* dependencies that are in neither, by absolute paths */
	struct strlist named;	 /* sources that makefiles name, as makefilesread has it */
};

/* The path of NAME in work's .replay; caller frees. */
char *statepath(const struct work *w, const char *name);

/* The directory of what was recorded for the command of w; caller frees. */
char *staterecord(const struct work *w);

/* Read the state. Returns 0, or -1 with errno (ENOENT: there is none; EINVAL: it is damaged). */
int stateread(const struct work *w, struct state *s);

/* Write it, complete or not at all. Returns 0, or -1 with errno. */
int statewrite(const struct work *w, const struct state *s);

/* Remove all that is kept. Returns 0, or -1 with errno. */
int stateforget(const struct work *w);

/*
 * The mark that a run is changing targets: set before anything is changed, and removed when what is
 * there is recorded again. markset writes the targets into it; markread appends them, and returns
 * whether there is a mark.
 */
int markset(const struct work *w, const struct strlist *targets);
bool markread(const struct work *w, struct strlist *targets);
int markclear(const struct work *w);

/* Whether a file of the build directory is one that only kbuild writes, so that replay looks at it.
 */
bool statewatches(const char *path);

/*
 * Wait until the file system's clock has moved on since the sources were looked at: what is written
 * from then on has another date.
 */
void statesettle(const struct work *w);

void statefree(struct state *s);

#endif
