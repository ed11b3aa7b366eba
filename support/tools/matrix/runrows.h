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
};

/*
 * Run all rows that are not done. Tells of each that begins or fails, unless the table is live.
 * Returns 0; or the number of the signal that ended it, after all that ran was ended; or -1 with
 * errno.
 */
int runrows(struct run *r);

#endif
