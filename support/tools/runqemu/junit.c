// SPDX-License-Identifier: GPL-2.0-or-later
#include "junit.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/msg.h"
#include "base/visible.h"
#include "report.h"
#include "xml/xmlwrite.h"

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

static void number(const struct xml *w, const char *name, unsigned long n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", n);
	xmlattribute(w, name, text);
}

static void milliseconds(const struct xml *w, long ms)
{
	char text[32];

	ms = ms > 0 ? ms : 0;
	snprintf(text, sizeof(text), "%ld.%03ld", ms / 1000, ms % 1000);
	xmlattribute(w, "time", text);
}

/* An element that says how a test did not pass. */
static void outcome(const struct xml *w, const char *element, const char *type, const char *message,
		    const char *text)
{
	xmlopen(w, element);
	xmlattribute(w, "type", type);
	xmlattribute(w, "message", message ? message : type);
	if (text && *text)
		xmlstring(w, text);
	xmlclose(w);
}

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
	char now[32];
	time_t t = time(NULL);

	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%S", gmtime(&t));
	xmlopen(w, "testsuite");
	xmlattribute(w, "name", name);
	number(w, "tests", tests);
	number(w, "failures", counts[TEST_FAILED]);
	number(w, "errors", counts[TEST_MISSING]);
	number(w, "skipped", counts[TEST_SKIPPED] + counts[TEST_TODO] + counts[TEST_KNOWN]);
	xmlattribute(w, "timestamp", now);
	xmlattribute(w, "hostname", "guest");
}

static void casewrite(const struct xml *w, const struct entry *e)
{
	xmlopen(w, "testcase");
	xmlattribute(w, "name", e->test->name);
	xmlattribute(w, "classname", e->suite);
	milliseconds(w, e->test->ms);
	if (elementof(e->as))
		outcome(w, elementof(e->as), testresultname(e->as), e->test->reason, e->test->log);
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
	xmlopen(w, "testcase");
	xmlattribute(w, "name", bufstr(&name));
	xmlattribute(w, "classname", "runqemu");
	milliseconds(w, r->end ? r->end->totalms : 0);
	if (bad)
		outcome(w, "error", r->cause, bufstr(&message), NULL);
	xmlclose(w);
	xmlclose(w);
	buffree(&name);
	buffree(&message);
}

static void allwrite(const struct xml *w, const struct result *r, const struct entries *all)
{
	xmlopen(w, "testsuites");
	runwrite(w, r);
	for (size_t i = 0; i < all->len;)
		i = suitewrite(w, all, i);
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
	allwrite(&w, r, &all);
	entriesfree(&all);
	return xmlend(&w, path);
}
