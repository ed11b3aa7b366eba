// SPDX-License-Identifier: GPL-2.0-or-later
#include "results/ktap.h"

#include <stdlib.h>
#include <string.h>

#include "base/visible.h"
#include "results/ktapline.h"

#define LINE_LIMIT 4096 /* bytes of a line; the rest is dropped */
#define LOG_LIMIT  4096 /* bytes of other lines to keep for a failure */
#define NAME_LIMIT 512	/* bytes of a name or a reason */

static struct ktaplevel *top(struct ktap *k)
{
	return &k->level[k->depth - 1];
}

/* A copy of text that can be shown; NULL if it is empty. */
static char *shown(const char *text, size_t len)
{
	struct buf out = { 0 };

	if (!len)
		return NULL;
	bufvisible(&out, text, len < NAME_LIMIT ? len : NAME_LIMIT);
	return bufsteal(&out);
}

/* Whether a line with so much before it belongs to a level inside *l (1), to *l (0) or not (-1). */
static int deeper(unsigned hashes, unsigned indent, const struct ktaplevel *l)
{
	if (hashes != l->hashes)
		return hashes > l->hashes ? 1 : -1;
	return (indent > l->indent) - (indent < l->indent);
}

static void push(struct ktap *k, unsigned hashes, unsigned indent)
{
	if (k->depth == KTAP_DEPTH)
		return;
	k->level[k->depth++] = (struct ktaplevel){
		.hashes = hashes, .indent = indent, .plan = -1, .name = k->next
	};
	k->next = NULL;
}

/* Add what the plan of a level has announced and nothing was seen of. */
static void missingadd(struct ktap *k, struct ktaplevel *l)
{
	unsigned long from = l->seen + 1, to = l->plan > 0 ? (unsigned long)l->plan : 0;
	struct test t = { .result = TEST_MISSING, .count = to - l->seen, .ms = -1 };

	if (from > to)
		return;
	t.name = from == to ? xasprintf("test %lu", to) : xasprintf("tests %lu to %lu", from, to);
	t.reason = xasprintf("the plan was 1..%lu", to);
	testsadd(k->into, &l->tests, &t);
	l->seen = to;
}

/* End the innermost level: its tests become *sub. */
static void pop(struct ktap *k, struct tests *sub)
{
	struct ktaplevel *l = top(k);

	missingadd(k, l);
	free(l->name);
	*sub = l->tests;
	*l = (struct ktaplevel){ 0 };
	k->depth--;
}

/* The innermost level ended without a result of the test that it belongs to. */
static void abandon(struct ktap *k, const char *why)
{
	struct ktaplevel *l = top(k), *outer = l - 1;
	struct test t = { .result = TEST_MISSING, .count = 1, .ms = -1, .reason = xstrdup(why) };

	t.name = l->name ? xstrdup(l->name) : xasprintf("test %lu", outer->seen + 1);
	pop(k, &t.sub);
	outer->seen++;
	testsadd(k->into, &outer->tests, &t);
}

/* End all levels, the last sequence of tests. */
static void finish(struct ktap *k, const char *why)
{
	struct tests all;

	if (!k->depth)
		return;
	while (k->depth > 1)
		abandon(k, why);
	if (top(k)->plan < 0)
		k->into->unplanned++;
	pop(k, &all);
	testsmove(&k->into->tests, &all);
}

/* Begin a sequence of tests. */
static void begin(struct ktap *k, unsigned hashes, unsigned indent)
{
	finish(k, "another sequence of tests began");
	free(k->next);
	k->next = NULL;
	push(k, hashes, indent);
}

static void versiontake(struct ktap *k, unsigned hashes, unsigned indent)
{
	while (k->depth > 1 && deeper(hashes, indent, top(k)) < 0)
		abandon(k, "another sequence of tests began");
	if (!k->depth || (k->depth == 1 && deeper(hashes, indent, top(k)) <= 0)) {
		begin(k, hashes, indent);
		return;
	}
	if (deeper(hashes, indent, top(k)) == 0)
		abandon(k, "another sequence of tests began");
	push(k, hashes, indent);
}

/* A plan of no tests, because all of them are skipped. */
static bool skipsall(const struct ktapline *l)
{
	return !l->number && l->result == TEST_SKIPPED;
}

static void skippedadd(struct ktap *k, const struct ktapline *l)
{
	struct test t = { .name = xstrdup("all tests"),
			  .result = TEST_SKIPPED,
			  .count = 1,
			  .ms = -1,
			  .reason = shown(l->reason, l->reasonlen) };

	testsadd(k->into, &top(k)->tests, &t);
}

static void plantake(struct ktap *k, const struct ktapline *l, unsigned hashes)
{
	struct ktaplevel *level;

	if (!k->depth && !l->indent && skipsall(l)) { /* nothing comes before or behind it */
		begin(k, hashes, l->indent);
		top(k)->plan = 0;
		skippedadd(k, l);
		finish(k, NULL);
		return;
	}
	if (!k->depth) {
		k->early = (struct ktaplevel){ .hashes = hashes,
					       .indent = l->indent,
					       .plan = (long)l->number };
		return;
	}
	if (deeper(hashes, l->indent, top(k)) > 0)
		push(k, hashes, l->indent);
	for (level = top(k); level > k->level && deeper(hashes, l->indent, level) < 0;)
		level--;
	if (level->plan >= 0 && level == k->level && level->seen >= (unsigned long)level->plan) {
		begin(k, hashes, l->indent);
		level = top(k);
	}
	if (level->plan >= 0) {
		k->into->odd++;
		return;
	}
	level->plan = (long)l->number;
	/* A plan of nothing: all of it was skipped. Of subtests, the result of their test tells. */
	if (level == k->level && skipsall(l))
		skippedadd(k, l);
}

static void subtesttake(struct ktap *k, const struct ktapline *l, unsigned hashes)
{
	char *name = shown(l->name, l->namelen);
	struct ktaplevel *level;

	if (!k->depth && l->indent)
		push(k, hashes, 0);
	level = k->depth ? top(k) : NULL;
	/* It may stand within the level that it names, behind the version, or before it. */
	if (level && k->depth > 1 && !level->name && !level->seen &&
	    deeper(hashes, l->indent, level) == 0) {
		level->name = name;
		return;
	}
	free(k->next);
	k->next = name;
	if (level && deeper(hashes, l->indent, level) > 0)
		push(k, hashes, l->indent);
}

/* Whether a result begins tests of which no version or plan has told. */
static bool begins(struct ktap *k, const struct ktapline *l, unsigned hashes)
{
	const struct ktaplevel *root = k->level;

	if (!k->depth)
		return l->number == 1 || (l->number && k->early.plan > 0);
	return l->number == 1 && k->depth == 1 && root->seen &&
	       deeper(hashes, l->indent, root) == 0 &&
	       (root->plan < 0 || root->seen >= (unsigned long)root->plan);
}

/* Go to the level of a result; *sub is set to its subtests. */
static void levelfind(struct ktap *k, unsigned hashes, unsigned indent, struct tests *sub)
{
	while (k->depth > 1 && deeper(hashes, indent, top(k)) < 0) {
		if (deeper(hashes, indent, top(k) - 1) < 0)
			abandon(k, "its result is not there");
		else
			pop(k, sub);
	}
	if (deeper(hashes, indent, top(k)) < 0) {
		pop(k, sub);
		push(k, hashes, indent);
	}
	if (deeper(hashes, indent, top(k)) <= 0)
		return;
	if (!top(k)->seen && !sub->len && hashes == top(k)->hashes)
		top(k)->indent = indent; /* its first result tells how far it is indented */
	else
		push(k, hashes, indent);
}

static void resulttake(struct ktap *k, const struct ktapline *l, unsigned hashes, long now)
{
	struct test t = { .result = l->result, .count = 1, .ms = now - k->last };
	struct ktaplevel *level;

	if (begins(k, l, hashes)) {
		begin(k, hashes, l->indent);
		if (k->early.plan > 0 && deeper(hashes, l->indent, &k->early) == 0)
			top(k)->plan = k->early.plan;
		k->early.plan = 0;
		t.ms = -1;
	}
	if (!k->depth)
		return;
	levelfind(k, hashes, l->indent, &t.sub);
	level = top(k);
	level->seen++;
	k->into->odd += (l->number && l->number != level->seen) ||
			(level->plan >= 0 && level->seen > (unsigned long)level->plan);
	t.name = shown(l->name, l->namelen);
	if (!t.name)
		t.name = xasprintf("test %lu", l->number ? l->number : level->seen);
	t.reason = shown(l->reason, l->reasonlen);
	if (t.result == TEST_FAILED && k->log.len)
		t.log = bufsteal(&k->log);
	bufclear(&k->log);
	testsadd(k->into, &level->tests, &t);
	free(k->next);
	k->next = NULL;
}

static void bailtake(struct ktap *k, const struct ktapline *l)
{
	struct test t = { .name = xstrdup("Bail out!"),
			  .result = TEST_FAILED,
			  .count = 1,
			  .ms = -1,
			  .reason = shown(l->reason, l->reasonlen) };

	if (!k->depth) {
		testfree(&t);
		return;
	}
	while (k->depth > 1)
		abandon(k, "a test bailed out");
	missingadd(k, top(k));
	testsadd(k->into, &top(k)->tests, &t);
	finish(k, "a test bailed out");
}

/* Keep a line that may explain the next failure, or, of a block, the last one. */
static void othertake(struct ktap *k, const char *text)
{
	struct ktaplevel *level = k->depth ? top(k) : NULL;
	struct test *last =
		level && level->tests.len ? &level->tests.item[level->tests.len - 1] : NULL;
	struct buf line = { 0 };

	if (!level || k->log.len + strlen(text) > LOG_LIMIT)
		return;
	bufvisible(&line, text, strlen(text));
	bufputc(&line, '\n');
	if (!k->yaml) {
		bufadd(&k->log, line.data, line.len);
	} else if (last && last->result == TEST_FAILED &&
		   (!last->log || strlen(last->log) < LOG_LIMIT)) {
		char *log = xasprintf("%s%s", last->log ? last->log : "", bufstr(&line));

		k->into->bytes += line.len;
		free(last->log);
		last->log = log;
	}
	buffree(&line);
}

/* Go behind the "# " that a level's lines begin with; *hashes is set to their number. */
static const char *unhashed(const struct ktap *k, const char *text, unsigned *hashes)
{
	unsigned most = k->depth ? k->level[k->depth - 1].hashes : 0;
	struct ktapline l;

	for (*hashes = 0; *hashes < most && text[0] == '#' && text[1] == ' '; ++*hashes)
		text += 2;
	if (!k->depth || k->depth == KTAP_DEPTH || text[0] != '#' || text[1] != ' ')
		return text;
	ktapparse(&l, text + 2);
	if (l.kind != KTAP_VERSION)
		return text;
	++*hashes;
	return text + 2;
}

static void linetake(struct ktap *k, long now)
{
	const char *line = ktaptext(bufstr(&k->line)), *text;
	unsigned hashes;
	struct ktapline l;

	text = unhashed(k, line, &hashes);
	ktapparse(&l, text);
	if (k->yaml && l.kind == KTAP_OTHER && strcmp(text + strspn(text, " \t"), "...") == 0) {
		k->yaml = false;
		return;
	}
	if (l.kind == KTAP_OTHER || (k->yaml && l.kind != KTAP_RESULT && l.kind != KTAP_VERSION)) {
		othertake(k, line);
		return;
	}
	k->yaml = l.kind == KTAP_YAML;
	if (l.kind == KTAP_VERSION)
		versiontake(k, hashes, l.indent);
	else if (l.kind == KTAP_PLAN)
		plantake(k, &l, hashes);
	else if (l.kind == KTAP_SUBTEST)
		subtesttake(k, &l, hashes);
	else if (l.kind == KTAP_RESULT)
		resulttake(k, &l, hashes, now);
	else if (l.kind == KTAP_BAIL)
		bailtake(k, &l);
	k->last = now;
}

/* The line is complete. Blanks at its end, and a carriage return, are not of its text. */
static void lineend(struct ktap *k, long now)
{
	char *zero = k->line.data;

	/* a string cannot hold zero bytes */
	while (zero && (zero = memchr(zero, '\0', (size_t)(k->line.data + k->line.len - zero))))
		*zero++ = ' ';
	while (k->line.len && strchr("\r \t", k->line.data[k->line.len - 1]))
		k->line.data[--k->line.len] = '\0';
	linetake(k, now);
	bufclear(&k->line);
}

void ktapfeed(struct ktap *k, const char *data, size_t len, long now)
{
	const char *end = data + len, *newline;

	for (; data < end; data = newline + 1) {
		size_t room = LINE_LIMIT - k->line.len, n;

		newline = memchr(data, '\n', (size_t)(end - data));
		n = (size_t)((newline ? newline : end) - data);
		bufadd(&k->line, data, n < room ? n : room);
		if (!newline)
			return;
		lineend(k, now);
	}
}

void ktapend(struct ktap *k)
{
	if (k->line.len)
		lineend(k, k->last);
	finish(k, "the output ended here");
	buffree(&k->line);
	buffree(&k->log);
	free(k->next);
	*k = (struct ktap){ .into = k->into };
}
