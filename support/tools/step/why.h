/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a step's key changed, as words that follow "because". */
#ifndef STEP_WHY_H
#define STEP_WHY_H

#include "base/buf.h"
#include "job.h"

/*
 * Append a phrase to out for each difference between the present key of step and the one of its
 * last success, the most informative first: a dependency, the sources, a line of the script, a file
 * (and its changed line, if the earlier copy exists). Appends nothing if they are equal.
 */
void whychanged(const struct job *j, const struct buf *want, const struct buf *done,
		struct strlist *out);

#endif
