/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runqemu keeps of a run (runqemu/remember.h writes it). */
#ifndef REPRO_LASTRUN_H
#define REPRO_LASTRUN_H

#include <stdbool.h>

struct cJSON;

struct run {
	struct cJSON *about, *record; /* run.json and record.json; owned */
};

/* Read the run kept in dir. Returns 0, or -1 with *why set (caller frees). */
int runread(struct run *r, const char *dir, char **why);
void runfree(struct run *r);

/* A text, a number or whether something is so, of object; "", 0 or false: it is not there. */
const char *runtext(const struct cJSON *object, const char *name);
long runnumber(const struct cJSON *object, const char *name);
bool runtrue(const struct cJSON *object, const char *name);

/* Why this run cannot be packed; NULL: it can (caller frees). */
char *runrefuse(const struct run *r);

#endif
