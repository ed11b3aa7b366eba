/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output of make explain. */
#ifndef STEP_PREVIEW_H
#define STEP_PREVIEW_H

#include "survey.h"

/*
 * Print a line for each package that has work to do (verbose > 0: with all reasons). If only is not
 * NULL, print a full report on that package instead. Returns EXIT_OK, or EXIT_FAILED after a
 * message if there is no package of that name.
 */
int preview(const struct survey *s, const char *only, int verbose);

#endif
