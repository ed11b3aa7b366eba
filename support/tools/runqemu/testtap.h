/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a guest's text is read for results of tests, on its way to our output. */
#ifndef RUNQEMU_TESTTAP_H
#define RUNQEMU_TESTTAP_H

#include <stdbool.h>
#include <stddef.h>

#include "results/ktap.h"
#include "textcopy.h"

/* Call testtapstart before use. */
struct testtap {
	struct results *into;	     /* not owned */
	struct results shown;	     /* of tests on the console */
	struct ktap output, console; /* readers of the command's output and of the console */
	int copy;		     /* descriptor of a copy of the output and errors; -1: none */
	struct textcopy *kept;	     /* copies of the console and the output; NULL: none */
};

void testtapstart(struct testtap *t, struct results *into, int copy, struct textcopy *kept);

/* Take text of the console. */
void testtapconsole(struct testtap *t, const char *data, size_t len);

/* Take output of the command, or its errors. Returns 0, or -1 with errno: no copy was written. */
int testtapoutput(struct testtap *t, bool errors, const char *data, size_t len);

/* The guest has ended: the results are in *t->into. */
void testtapend(struct testtap *t);

#endif
