/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a build directory that is kept can be gone on with. What builds in it (kbuild, make)
 * goes by the dates of files, which lie when the clock went back, or when a file took the
 * place of another with a date of its own (cp -p, mv, tar, rsync).
 */
#ifndef STEP_DATES_H
#define STEP_DATES_H

#include "job.h"

/*
 * Note that a step begins to work in build/. If a source file was edited while the last one worked
 * there, what that made from then on may be of the file as it was: it gets a date from before the
 * edit. Ends the program when it cannot.
 */
void datesbegin(const struct job *j);

/* What speaks against going on in build/, in words that follow "because"; NULL: nothing. */
const char *datesmislead(const struct job *j);

#endif
