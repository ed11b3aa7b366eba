/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Telling a person what make would do, and why. */
#ifndef STEP_PREVIEW_H
#define STEP_PREVIEW_H

#include "survey.h"

/*
 * Print a line for each package that something is to be done for (verbose > 0: and all
 * reasons); with only not NULL, the whole story of that one. Returns EXIT_OK, or EXIT_FAILED
 * after a message when there is none of that name.
 */
int preview(const struct survey *s, const char *only, int verbose);

#endif
