/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parsing the command line of a job. The list for a survey has lines with the same words. */
#ifndef STEP_JOBLINE_H
#define STEP_JOBLINE_H

#include "job.h"

/*
 * Parse the n words of one job into *j, which keeps pointers to them. Returns 0, or -1 with *why
 * (caller frees): a sentence that names the word that is wrong or missing.
 */
int joblineparse(struct job *j, char *const *word, size_t n, char **why);

#endif
