/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A reader of TAP (versions 12 to 14) and KTAP, with anything else between: text of programs, the
 * kernel's messages, with the time before each line or without. Subtests are indented, or have "# "
 * before each line, as the kernel's selftests print them.
 */
#ifndef RESULTS_KTAP_H
#define RESULTS_KTAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "results/tests.h"

#define KTAP_DEPTH 16 /* most levels of subtests; deeper ones belong to the last */

/* A sequence of tests that has not ended. */
struct ktaplevel {
	unsigned hashes, indent; /* what is before its lines: "# ", blanks */
	char *name;		 /* of the test that these are the subtests of; NULL; owned */
	long plan;		 /* how many there are to be; -1: not known */
	unsigned long seen;	 /* how many there were */
	struct tests tests;	 /* owned */
};

/* Zero-initialise before use, and set into. */
struct ktap {
	struct results *into; /* not owned */
	struct buf line;      /* the incomplete last line */
	struct ktaplevel level[KTAP_DEPTH];
	size_t depth;		/* levels in use; 0: no tests have begun */
	struct ktaplevel early; /* a plan before the first test; plan is 0: none */
	char *next;		/* name of the next subtests; NULL: not known; owned */
	struct buf log;		/* other lines since the last result */
	bool yaml;		/* in a block after a result */
	long last;		/* when the last line of a test came, ms */
};

/* Read len bytes, which came at the time now, ms of a clock that only goes forward. */
void ktapfeed(struct ktap *k, const char *data, size_t len, long now);

/* The output has ended: what did not get a result is missing. Frees all but *k->into. */
void ktapend(struct ktap *k);

#endif
