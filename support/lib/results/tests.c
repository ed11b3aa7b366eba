// SPDX-License-Identifier: GPL-2.0-or-later
#include "results/tests.h"

#include <stdlib.h>
#include <string.h>

#define BYTES_LIMIT (16UL << 20) /* of texts and nodes: a guest cannot use up our memory */

static size_t textsize(const char *text)
{
	return text ? strlen(text) + 1 : 0;
}

static size_t testsize(const struct test *t)
{
	return sizeof(*t) + textsize(t->name) + textsize(t->reason) + textsize(t->log);
}

static void append(struct tests *to, const struct test *t)
{
	if (to->len == to->cap) {
		to->cap = to->cap ? 2 * to->cap : 8;
		to->item = xrealloc(to->item, to->cap * sizeof(*to->item));
	}
	to->item[to->len++] = *t;
}

bool testsadd(struct results *r, struct tests *to, struct test *t)
{
	if (!t->sub.len && r->bytes + testsize(t) > BYTES_LIMIT) {
		r->unkept[t->result] += t->count;
		testfree(t);
		return false;
	}
	r->bytes += testsize(t);
	append(to, t);
	*t = (struct test){ 0 };
	return true;
}

void testsmove(struct tests *to, struct tests *from)
{
	for (size_t i = 0; i < from->len; i++)
		append(to, &from->item[i]);
	free(from->item);
	*from = (struct tests){ 0 };
}

static bool isbad(enum testresult r)
{
	return r == TEST_FAILED || r == TEST_MISSING || r == TEST_KNOWN;
}

struct walk {
	testvisit *visit;
	void *arg;
	struct buf path;
};

/* Visit tests. pardoned: their failures do not count. Returns whether one of them failed. */
static bool walktests(struct walk *w, struct tests *tests, bool pardoned)
{
	size_t len = w->path.len;
	bool bad = false;

	for (size_t i = 0; i < tests->len; i++) {
		struct test *t = &tests->item[i];
		bool excused = pardoned || t->result == TEST_TODO || t->result == TEST_SKIPPED;
		enum testresult as = t->result;
		bool below;

		if (excused && (as == TEST_FAILED || as == TEST_MISSING))
			as = TEST_TODO;
		bufprintf(&w->path, "%s%s", len ? "/" : "", t->name);
		below = walktests(w, &t->sub, excused);
		if (!t->sub.len || (!below && isbad(as)))
			w->visit(t, bufstr(&w->path), as, w->arg);
		bad = bad || below || isbad(as);
		w->path.len = len;
		w->path.data[len] = '\0';
	}
	return bad;
}

void testswalk(struct tests *t, testvisit *visit, void *arg)
{
	struct walk w = { .visit = visit, .arg = arg };

	walktests(&w, t, false);
	buffree(&w.path);
}

static int compare(const void *a, const void *b)
{
	return strcmp((*(struct test *const *)a)->name, (*(struct test *const *)b)->name);
}

/* Whether a result is missing, of the test or in it. */
static bool incomplete(const struct test *t)
{
	bool missing = t->result == TEST_MISSING;

	for (size_t i = 0; !missing && i < t->sub.len; i++)
		missing = incomplete(&t->sub.item[i]);
	return missing;
}

/* Of two tests with one name, keep the one that is complete in *a, and free the other. */
static void choose(struct test *a, struct test *b)
{
	struct test other = *b;

	if (incomplete(a) && !incomplete(b)) {
		*b = *a;
		*a = other;
	}
	testfree(b);
}

void resultsmerge(struct results *to, struct results *from)
{
	size_t had = to->tests.len;
	struct test **known = xcalloc(had + 1, sizeof(*known)), *t, **same;
	struct results more = { 0 };

	for (size_t i = 0; i < had; i++)
		known[i] = &to->tests.item[i];
	qsort(known, had, sizeof(*known), compare);
	for (size_t i = 0; i < from->tests.len; i++) {
		t = &from->tests.item[i];
		same = bsearch(&t, known, had, sizeof(*known), compare);
		if (same)
			choose(*same, t);
		else
			testsadd(&more, &more.tests, t);
	}
	free(known);
	for (size_t i = 0; i < more.tests.len; i++)
		testsadd(to, &to->tests, &more.tests.item[i]);
	more.tests.len = 0;
	resultsfree(&more);
	for (int i = 0; i < TEST_RESULTS; i++)
		to->unkept[i] += from->unkept[i];
	to->odd += from->odd;
	to->unplanned += from->unplanned;
	from->tests.len = 0;
	resultsfree(from);
}

static void count(struct test *t, const char *path, enum testresult as, void *arg)
{
	struct results *r = arg;

	r->counts[as] += t->count;
	if (!r->first && (as == TEST_FAILED || as == TEST_MISSING))
		r->first = xstrdup(path);
}

void resultscount(struct results *r)
{
	memcpy(r->counts, r->unkept, sizeof(r->counts));
	free(r->first);
	r->first = NULL;
	testswalk(&r->tests, count, r);
}

bool resultsbad(const struct results *r)
{
	return r->counts[TEST_FAILED] || r->counts[TEST_MISSING];
}

unsigned long resultstotal(const struct results *r)
{
	unsigned long n = 0;

	for (int i = 0; i < TEST_RESULTS; i++)
		n += r->counts[i];
	return n;
}

const char *testresultname(enum testresult r)
{
	static const char *const names[] = { "passed",	"failed", "missing",
					     "skipped", "todo",	  "known" };

	return names[r];
}

static void testsfree(struct tests *t)
{
	for (size_t i = 0; i < t->len; i++)
		testfree(&t->item[i]);
	free(t->item);
	*t = (struct tests){ 0 };
}

void testfree(struct test *t)
{
	free(t->name);
	free(t->reason);
	free(t->log);
	testsfree(&t->sub);
	*t = (struct test){ 0 };
}

void resultsfree(struct results *r)
{
	testsfree(&r->tests);
	free(r->first);
	listfree(&r->fixed);
	*r = (struct results){ 0 };
}
