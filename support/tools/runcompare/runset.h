/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The times of a set of runs, from a record of runqemu. */
#ifndef RUNCOMPARE_RUNSET_H
#define RUNCOMPARE_RUNSET_H

#include "results/samples.h"

/* What is timed, in ms. */
enum runtime {
	RUN_BOOT,    /* from QEMU's start until init was reached */
	RUN_COMMAND, /* from there to the end */
	RUN_TOTAL,   /* both */
	RUN_TIMES
};

/* Zero-initialise before use. */
struct runset {
	unsigned runs, failed;		 /* number of runs, and of those that failed */
	struct samples times[RUN_TIMES]; /* of those that succeeded */
};

/*
 * Read a record, of one run or of several (--repeat), from text, its JSON. Returns NULL, or the
 * reason why it cannot be used, which is static.
 */
const char *runsetparse(struct runset *s, const char *text);

void runsetfree(struct runset *s);

#endif
