/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a step's key is not what it was, in words that follow "because". */
#ifndef STEP_WHY_H
#define STEP_WHY_H

#include "base/buf.h"
#include "job.h"

/*
 * Append a phrase to out for each difference between the key that step has now and the one
 * it was done with, the most telling first: a dependency, the sources, a line of the script, a
 * file (and, where its earlier copy is at hand, the line of it). None when they are the same.
 */
void whychanged(const struct job *j, const struct buf *want, const struct buf *done,
		struct strlist *out);

#endif
