// SPDX-License-Identifier: GPL-2.0-or-later
#include "testreport.h"

#include <stdio.h>

#include "base/msg.h"
#include "report.h"

#define SHOWN	   10  /* failures to print */
#define STATUS_MAX 125 /* of a program that ended by itself: higher ones are the shell's */

/* Words for the numbers, in the order in which they are printed. */
static const struct {
	enum testresult result;
	const char *words;
} numbers[] = {
	{ TEST_PASSED, "passed" },	 { TEST_FAILED, "failed" },   { TEST_MISSING, "missing" },
	{ TEST_KNOWN, "known to fail" }, { TEST_SKIPPED, "skipped" }, { TEST_TODO, "todo" },
};

struct printing {
	const struct fold *fold;
	unsigned long count; /* failures so far */
};

static void failureprint(struct test *t, const char *path, enum testresult as, void *arg)
{
	struct printing *p = arg;

	if ((as != TEST_FAILED && as != TEST_MISSING) || p->count++ >= SHOWN)
		return;
	warn("  %s: %s%s%s", testresultname(as), path, t->reason ? ": " : "",
	     t->reason ? t->reason : "");
	foldfailure(p->fold, path, t->log ? t->log : t->reason ? t->reason : testresultname(as));
}

void testreport(struct results *r, const struct fold *f)
{
	struct printing p = { .fold = f };
	struct buf line = { 0 };

	if (!resultstotal(r))
		return;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (r->counts[numbers[i].result])
			bufprintf(&line, "%s%lu %s", line.len ? ", " : "",
				  r->counts[numbers[i].result], numbers[i].words);
	if (r->unplanned)
		bufputs(&line, "; without a plan, others may be missing");
	if (r->odd)
		bufprintf(&line, "; %lu with a wrong number or plan", r->odd);
	warn("tests: %s", bufstr(&line));
	buffree(&line);
	testswalk(&r->tests, failureprint, &p);
	if (p.count > SHOWN)
		warn("  and %lu more", p.count - SHOWN);
	for (size_t i = 0; i < r->fixed.len && i < SHOWN; i++)
		warn("  passed, and is in the list of --expect (EXPECT= of make): %s",
		     r->fixed.item[i]);
}

int testverdict(const struct results *r, int status, bool expects)
{
	if (status == 0 && resultsbad(r)) {
		warn("the command ended with status 0, but %lu of %lu tests failed%s%s",
		     r->counts[TEST_FAILED] + r->counts[TEST_MISSING], resultstotal(r),
		     r->first ? ", the first is " : "", r->first ? r->first : "");
		return EXIT_TESTS;
	}
	if (status > 0 && status <= STATUS_MAX && expects && !resultsbad(r) &&
	    r->counts[TEST_KNOWN]) {
		warn("the command ended with status %d, but all tests that failed are known to",
		     status);
		return EXIT_OK;
	}
	return status;
}
