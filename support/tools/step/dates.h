/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a kept build directory can be reused. The programs that build in it (kbuild, make)
 * compare dates of files. Those are wrong when the clock went back, or when a file was replaced by
 * one with a date of its own (cp -p, mv, tar, rsync).
 */
#ifndef STEP_DATES_H
#define STEP_DATES_H

#include "job.h"

/*
 * Record that a step begins to work in build/. If a source file was edited during the previous
 * build, the files built after that edit may be outdated: set their dates to a time before the
 * edit. Ends the program on failure.
 */
void datesbegin(const struct job *j);

/* The reason why build/ cannot be reused, as words that follow "because"; NULL if it can. */
const char *datesmislead(const struct job *j);

#endif
