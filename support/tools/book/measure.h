/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Measurements of a finished build: durations, installed files. */
#ifndef BOOK_MEASURE_H
#define BOOK_MEASURE_H

#include "book.h"

/*
 * Return the duration of the steps in dir, in seconds: the sum of the STEP.time files; -1 if the
 * last is missing.
 */
double measuretime(const char *dir);

/* Set p->part from DIR/manifest and DIR/image. Returns 0, or -1 with *why (caller frees). */
int measureimage(struct package *p, char **why);

/* Append the files of DIR/manifest in part to d: NAME -> sha256. On errors d is empty. */
void measuredigests(struct pairs *d, const char *dir, const char *part);

#endif
