/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A list of tests that are known to fail: one path a line, as in summaries and records, with the
 * names from the outermost test on and slashes between them. A test in the list stands for all of
 * its subtests, too. Empty lines and lines that begin with # are ignored.
 */
#ifndef RESULTS_EXPECT_H
#define RESULTS_EXPECT_H

#include "base/buf.h"
#include "results/tests.h"

/* Read the file at path into names, sorted. Returns 0, or -1 with errno. */
int expectread(struct strlist *names, const char *path);

/*
 * Change the result of each test that failed or is missing, and is in names, to TEST_KNOWN; set
 * r->fixed to those that passed; then count (resultscount).
 */
void expectapply(struct results *r, const struct strlist *names);

#endif
