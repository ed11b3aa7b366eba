/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running the rows of a matrix: as many at once as there are lanes, and memory. */
#ifndef MATRIX_RUNROWS_H
#define MATRIX_RUNROWS_H

#include <stdbool.h>

#include "lanes.h"
#include "row.h"

struct run {
	struct rows *rows;
	struct lanes *lanes;
	char *const *command; /* of a row (lanes.h); ends with NULL */
	unsigned long memory; /* MiB that have to be free before one more row begins here */
	bool live;	      /* show the table all the time */
	const char *
		steer; /* a line of shell that writes the table as rows end (steer.h); NULL: none */
	const char *table; /* the file that it writes */
	bool due;	   /* a row has ended since */
	int steered;	   /* its exit status, if that ended the run */
};

/*
 * Run all rows that are not done; with steer, as long as it adds some. Tells of each that begins or
 * fails, unless the table is live. Returns 0; or the number of the signal that ended it, after all
 * that ran was ended; or -1 with errno.
 */
int runrows(struct run *r);

#endif
