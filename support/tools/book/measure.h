/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a finished build tells: how long steps took, what was installed. */
#ifndef BOOK_MEASURE_H
#define BOOK_MEASURE_H

#include "book.h"

/* Seconds that the steps in dir took, the sum of its STEP.time files; -1 if the last has none. */
double measuretime(const char *dir);

/* Fill p->part from DIR/manifest and DIR/image. 0, or -1 with *why (caller frees). */
int measureimage(struct package *p, char **why);

/* Fill d with the files of DIR/manifest that are in part: NAME -> sha256. Errors leave it empty. */
void measuredigests(struct pairs *d, const char *dir, const char *part);

#endif
