// SPDX-License-Identifier: GPL-2.0-or-later
#include "junit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/visible.h"
#include "report.h"
#include "xml/junitxml.h"

#define TOP_SUITE "tests" /* of tests that are no subtests */

/* A test, and the path of the one that it is a subtest of. */
struct entry {
	char *suite; /* owned */
	size_t order;
	enum testresult as;
	const struct test *test;
};

struct entries {
	struct entry *item;
	size_t len, cap;
};

static const char *elementof(enum testresult r)
{
	static const char *const names[] = { NULL,	"failure", "error",
					     "skipped", "skipped", "skipped" };

	return names[r];
}

static void entryadd(struct test *t, const char *path, enum testresult as, void *arg)
{
	size_t len = strlen(path) - strlen(t->name);
	struct entries *all = arg;

	if (all->len == all->cap) {
		all->cap = all->cap ? 2 * all->cap : 64;
		all->item = xrealloc(all->item, all->cap * sizeof(*all->item));
	}
	all->item[all->len] = (struct entry){
		.suite = len ? xstrndup(path, len - 1) : xstrdup(TOP_SUITE),
		.order = all->len,
		.as = as,
		.test = t,
	};
	all->len++;
}

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->suite, y->suite);

	return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void suitestart(const struct xml *w, const char *name, unsigned long tests,
		       const unsigned long *counts)
{
	const struct junitcounts of = {
		.tests = tests,
		.failures = counts[TEST_FAILED],
		.errors = counts[TEST_MISSING],
		.skipped = counts[TEST_SKIPPED] + counts[TEST_TODO] + counts[TEST_KNOWN],
	};

	junitsuite(w, name, "guest", &of);
}

static void casewrite(const struct xml *w, const struct entry *e)
{
	junitcase(w, e->test->name, e->suite, e->test->ms);
	if (elementof(e->as))
		junitoutcome(w, elementof(e->as), testresultname(e->as), e->test->reason,
			     e->test->log);
	xmlclose(w);
}

/* Write the suite that begins at entry i. Returns the index behind its last. */
static size_t suitewrite(const struct xml *w, const struct entries *all, size_t i)
{
	unsigned long counts[TEST_RESULTS] = { 0 };
	size_t last = i;

	while (last < all->len && strcmp(all->item[last].suite, all->item[i].suite) == 0)
		counts[all->item[last++].as]++;
	suitestart(w, all->item[i].suite, last - i, counts);
	for (; i < last; i++)
		casewrite(w, &all->item[i]);
	xmlclose(w);
	return last;
}

/* The suite that tells how the run itself ended; that tests failed, their suites tell. */
static void runwrite(const struct xml *w, const struct result *r)
{
	bool bad = r->exit != EXIT_OK && r->exit != EXIT_TESTS;
	unsigned long counts[TEST_RESULTS] = { [TEST_MISSING] = bad };
	struct buf name = { 0 }, message = { 0 };

	bufvisible(&name, r->command ? r->command : "the guest",
		   strlen(r->command ? r->command : "the guest"));
	bufprintf(&message, "%s (exit status %d)%s", r->cause, r->exit, r->detail ? ": " : "");
	if (r->detail)
		bufvisible(&message, r->detail, strlen(r->detail));
	suitestart(w, "runqemu", 1, counts);
	junitcase(w, bufstr(&name), "runqemu", r->end ? r->end->totalms : 0);
	if (bad)
		junitoutcome(w, "error", r->cause, bufstr(&message), NULL);
	xmlclose(w);
	xmlclose(w);
	buffree(&name);
	buffree(&message);
}

/* The tests of a run, those of a suite one after the other. */
static void entriesget(struct entries *all, const struct result *r)
{
	if (r->end)
		testswalk(&r->end->results.tests, entryadd, all);
	if (all->len)
		qsort(all->item, all->len, sizeof(*all->item), compare);
}

static void entriesfree(struct entries *all)
{
	for (size_t i = 0; i < all->len; i++)
		free(all->item[i].suite);
	free(all->item);
}

int junitwrite(const struct result *r, const char *path)
{
	struct entries all = { 0 };
	struct xml w;

	if (xmlbegin(&w) < 0)
		return -1;
	entriesget(&all, r);
	xmlopen(&w, "testsuites");
	runwrite(&w, r);
	for (size_t i = 0; i < all.len;)
		i = suitewrite(&w, &all, i);
	entriesfree(&all);
	return xmlend(&w, path);
}
