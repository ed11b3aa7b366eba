/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests in a guest's output came to: what is printed of them, and what they decide. */
#ifndef RUNQEMU_TESTREPORT_H
#define RUNQEMU_TESTREPORT_H

#include <stdbool.h>

#include "fold.h"
#include "results/tests.h"

/* Print a summary on standard error: the numbers, and the first failures; nothing without tests. */
void testreport(struct results *r, const struct fold *f);

/*
 * Return the exit code for a command that ended with status, and print why if it is not that: tests
 * failed, or all that failed are known to. expects: there is a list of those.
 */
int testverdict(const struct results *r, int status, bool expects);

#endif
