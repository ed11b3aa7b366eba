// SPDX-License-Identifier: GPL-2.0-or-later
#include "junit.h"

#include <errno.h>
#include <libxml/xmlwriter.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/msg.h"
#include "base/visible.h"
#include "fs/file.h"
#include "report.h"

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

/* libxml2 refuses characters that XML has not, of which visible text may have these two. */
static char *xmltext(const char *text)
{
	char *copy = xstrdup(text ? text : "");

	for (char *p = copy; (p = strstr(p, "\xef\xbf")); p++)
		if (p[2] == '\xbe' || p[2] == '\xbf')
			p[2] = '\xbd'; /* the replacement character */
	return copy;
}

static void attribute(xmlTextWriterPtr w, const char *name, const char *text)
{
	char *xml = xmltext(text);

	xmlTextWriterWriteAttribute(w, BAD_CAST name, BAD_CAST xml);
	free(xml);
}

static void number(xmlTextWriterPtr w, const char *name, unsigned long n)
{
	xmlTextWriterWriteFormatAttribute(w, BAD_CAST name, "%lu", n);
}

static void milliseconds(xmlTextWriterPtr w, long ms)
{
	ms = ms > 0 ? ms : 0;
	xmlTextWriterWriteFormatAttribute(w, BAD_CAST "time", "%ld.%03ld", ms / 1000, ms % 1000);
}

/* An element that says how a test did not pass. */
static void outcome(xmlTextWriterPtr w, const char *element, const char *type, const char *message,
		    const char *text)
{
	char *xml = xmltext(text);

	xmlTextWriterStartElement(w, BAD_CAST element);
	attribute(w, "type", type);
	attribute(w, "message", message ? message : type);
	if (*xml)
		xmlTextWriterWriteString(w, BAD_CAST xml);
	xmlTextWriterEndElement(w);
	free(xml);
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

static void suitestart(xmlTextWriterPtr w, const char *name, unsigned long tests,
		       const unsigned long *counts)
{
	char now[32];
	time_t t = time(NULL);

	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%S", gmtime(&t));
	xmlTextWriterStartElement(w, BAD_CAST "testsuite");
	attribute(w, "name", name);
	number(w, "tests", tests);
	number(w, "failures", counts[TEST_FAILED]);
	number(w, "errors", counts[TEST_MISSING]);
	number(w, "skipped", counts[TEST_SKIPPED] + counts[TEST_TODO] + counts[TEST_KNOWN]);
	attribute(w, "timestamp", now);
	attribute(w, "hostname", "guest");
}

static void casewrite(xmlTextWriterPtr w, const struct entry *e)
{
	xmlTextWriterStartElement(w, BAD_CAST "testcase");
	attribute(w, "name", e->test->name);
	attribute(w, "classname", e->suite);
	milliseconds(w, e->test->ms);
	if (elementof(e->as))
		outcome(w, elementof(e->as), testresultname(e->as), e->test->reason, e->test->log);
	xmlTextWriterEndElement(w);
}

/* Write the suite that begins at entry i. Returns the index behind its last. */
static size_t suitewrite(xmlTextWriterPtr w, const struct entries *all, size_t i)
{
	unsigned long counts[TEST_RESULTS] = { 0 };
	size_t end = i;

	while (end < all->len && strcmp(all->item[end].suite, all->item[i].suite) == 0)
		counts[all->item[end++].as]++;
	suitestart(w, all->item[i].suite, end - i, counts);
	for (; i < end; i++)
		casewrite(w, &all->item[i]);
	xmlTextWriterEndElement(w);
	return end;
}

/* The suite that tells how the run itself ended; that tests failed, their suites tell. */
static void runwrite(xmlTextWriterPtr w, const struct result *r)
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
	xmlTextWriterStartElement(w, BAD_CAST "testcase");
	attribute(w, "name", bufstr(&name));
	attribute(w, "classname", "runqemu");
	milliseconds(w, r->end ? r->end->totalms : 0);
	if (bad)
		outcome(w, "error", r->cause, bufstr(&message), NULL);
	xmlTextWriterEndElement(w);
	xmlTextWriterEndElement(w);
	buffree(&name);
	buffree(&message);
}

static void allwrite(xmlTextWriterPtr w, const struct result *r, const struct entries *all)
{
	xmlTextWriterSetIndent(w, 1);
	xmlTextWriterStartDocument(w, NULL, "UTF-8", NULL);
	xmlTextWriterStartElement(w, BAD_CAST "testsuites");
	runwrite(w, r);
	for (size_t i = 0; i < all->len;)
		i = suitewrite(w, all, i);
	xmlTextWriterEndDocument(w);
}

int junitwrite(const struct result *r, const char *path)
{
	xmlBufferPtr text = xmlBufferCreate();
	xmlTextWriterPtr w = text ? xmlNewTextWriterMemory(text, 0) : NULL;
	struct entries all = { 0 };
	int ret;

	if (!w)
		abort(); /* out of memory: like lib/base/buf.h */
	if (r->end)
		testswalk(&r->end->results.tests, entryadd, &all);
	if (all.len)
		qsort(all.item, all.len, sizeof(*all.item), compare);
	allwrite(w, r, &all);
	xmlFreeTextWriter(w);
	ret = filewrite(path, xmlBufferContent(text), (size_t)xmlBufferLength(text), 0666);
	xmlBufferFree(text);
	for (size_t i = 0; i < all.len; i++)
		free(all.item[i].suite);
	free(all.item);
	return ret;
}
