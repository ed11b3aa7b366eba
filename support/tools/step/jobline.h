/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the command line says of a job. A survey's list says it in the same words. */
#ifndef STEP_JOBLINE_H
#define STEP_JOBLINE_H

#include "job.h"

/*
 * Take the words of one job into j, which keeps pointers to them. Returns 0, or -1 with *why
 * (caller frees) a sentence on the word that was not understood or is missing.
 */
int joblineparse(struct job *j, char *const *word, size_t n, char **why);

#endif
