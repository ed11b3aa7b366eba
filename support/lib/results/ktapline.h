/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The meaning of one line of TAP or KTAP. */
#ifndef RESULTS_KTAPLINE_H
#define RESULTS_KTAPLINE_H

#include <stddef.h>

#include "results/tests.h"

enum ktapkind {
	KTAP_OTHER,   /* a diagnostic, or anything else */
	KTAP_VERSION, /* "KTAP version 1", "TAP version 13" */
	KTAP_PLAN,    /* "1..4" */
	KTAP_SUBTEST, /* "# Subtest: name" */
	KTAP_RESULT,  /* "ok 1 name", "not ok 2 - name # SKIP why" */
	KTAP_BAIL,    /* "Bail out! why" */
	KTAP_YAML,    /* "---": a block until "..." follows */
};

/* Texts point into the line, and end where their length says. */
struct ktapline {
	enum ktapkind kind;
	unsigned indent;	/* blanks before it; a tab is 4 */
	unsigned long number;	/* of a result; of tests in a plan; 0: none */
	enum testresult result; /* of KTAP_RESULT; of KTAP_PLAN: TEST_SKIPPED if it says so */
	const char *name;	/* of a result or a subtest */
	size_t namelen;
	const char *reason; /* what follows the name */
	size_t reasonlen;
};

/*
 * Return the text of a line without what the kernel puts before its messages: the level, the time,
 * the caller.
 */
const char *ktaptext(const char *line);

/* Find out what a line means: a C string without its newline. */
void ktapparse(struct ktapline *l, const char *text);

#endif
