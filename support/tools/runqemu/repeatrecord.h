/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of several runs of one command, and what they came to together. */
#ifndef RUNQEMU_REPEATRECORD_H
#define RUNQEMU_REPEATRECORD_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/buf.h"
#include "results/samples.h"

/* A test that failed. */
struct failing {
	char *name;	     /* owned */
	unsigned runs, last; /* in how many runs it did, and in which the last time */
};

/* Zero-initialise before use, and set wanted. */
struct runs {
	unsigned wanted, done, bad; /* number of runs to do, done, that failed but for broken */
	unsigned first;		    /* the first that failed, from 1 on; 0: none */
	int code;		    /* its exit code, or that of the run that is the last */
	const char *broken; /* why the last cannot be judged: it did not run; NULL: it can */
	cJSON *shown; /* record of the broken, of the first that failed, or of the last; owned */
	cJSON *each;  /* a few fields of each record; owned */
	struct failing *tests;	    /* owned */
	size_t failing;		    /* their number */
	struct samples boot, total; /* of those that succeeded, ms; owned */
};

/*
 * Take a run that ended with that exit code, and the text of its record, empty if there is none.
 * Returns whether further runs can tell more: it was not a guest that could not be started, or a
 * signal.
 */
bool runsadd(struct runs *r, int code, const char *record);

/* Return the exit code of all: EXIT_FLAKY if some failed and others did not. */
int runsverdict(const struct runs *r, int signo);

/* Print what all came to on standard error. kept: directory with files of the first failure. */
void runsreport(const struct runs *r, int code, const char *kept);

/* Append the record of all to out. It has the fields of a single run's record, and "repeat". */
void runsprint(struct runs *r, int code, struct buf *out);

void runsfree(struct runs *r);

#endif
