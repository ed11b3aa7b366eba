/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results of tests, as a tree: a test has subtests, or none. What is counted are the tests without
 * subtests, and those that failed although none of their subtests did.
 */
#ifndef RESULTS_TESTS_H
#define RESULTS_TESTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum testresult {
	TEST_PASSED,
	TEST_FAILED,
	TEST_MISSING, /* announced or begun, and there is no result */
	TEST_SKIPPED,
	TEST_TODO,  /* failed, and its author expects that */
	TEST_KNOWN, /* failed or missing, and the user expects that (expect.h) */
	TEST_RESULTS
};

struct test;

/* Zero-initialise before use. */
struct tests {
	struct test *item; /* owned */
	size_t len, cap;
};

/* Texts are escaped by bufvisible (visible.h) and owned; NULL: none. */
struct test {
	char *name;
	enum testresult result;
	unsigned long count; /* number of tests that it stands for: 1, or more that are missing */
	char *reason;	     /* one line */
	char *log;	     /* what was printed before it, if it failed */
	long ms;	     /* time since the line before it, ms; -1: not known */
	struct tests sub;    /* its subtests */
};

/* The results of a run. Zero-initialise before use. */
struct results {
	struct tests tests;
	size_t bytes;			    /* memory that they use; limited */
	unsigned long unkept[TEST_RESULTS]; /* results beyond that limit: only counted */
	unsigned long odd;	 /* results with a wrong number, second plans and the like */
	unsigned long unplanned; /* sequences of tests without a plan */
	unsigned long counts[TEST_RESULTS]; /* set by resultscount */
	char *first;			    /* the first that failed: its path; NULL: none; owned */
	struct strlist fixed;		    /* tests that passed and were expected to fail; owned */
};

/*
 * Append a test, and give its texts and subtests to the list. If the memory for results is used up,
 * a test without subtests is only counted, and freed. Returns whether it was appended.
 */
bool testsadd(struct results *r, struct tests *to, struct test *t);

/* Move tests that were added to *from to the end of *to. *from is empty afterwards. */
void testsmove(struct tests *to, struct tests *from);

/*
 * What testswalk calls: path is the names from the outermost test on, with slashes between them;
 * as is its result, which is TEST_TODO for a failure in a test that is TEST_TODO or TEST_SKIPPED.
 */
typedef void testvisit(struct test *t, const char *path, enum testresult as, void *arg);

/* Call visit for each test that is counted, in the order of their results. */
void testswalk(struct tests *t, testvisit *visit, void *arg);

/*
 * Move the tests of *from to the end of *to, but those that there is one of the same name of among
 * its outermost tests: the kernel's own tests are often seen twice. Of the two, one without missing
 * results is kept, and else that of *to. *from is empty afterwards.
 */
void resultsmerge(struct results *to, struct results *from);

/* Count all results, and find the first failure. */
void resultscount(struct results *r);

/* Return whether a test failed or is missing, after resultscount. */
bool resultsbad(const struct results *r);

/* Return the number of all results, after resultscount. */
unsigned long resultstotal(const struct results *r);

/* Return the name of a result: "passed", "failed" ... */
const char *testresultname(enum testresult r);

void testfree(struct test *t);
void resultsfree(struct results *r);

#endif
