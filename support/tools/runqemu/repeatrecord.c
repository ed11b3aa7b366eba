// SPDX-License-Identifier: GPL-2.0-or-later
#include "repeatrecord.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "report.h"

#define SHOWN	  10   /* tests to name */
#define TESTS_MAX 1000 /* tests to count failures of */

static const char *textof(const cJSON *o, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(o, name));

	return text ? text : "";
}

/* Count a test that failed in the last run: once, though several may have its name. */
static void testcount(struct runs *r, const char *name)
{
	size_t i = 0;

	while (i < r->failing && strcmp(r->tests[i].name, name) != 0)
		i++;
	if (i == TESTS_MAX)
		return;
	if (i == r->failing) {
		r->tests = xrealloc(r->tests, (i + 1) * sizeof(*r->tests));
		r->tests[r->failing++] = (struct failing){ .name = xstrdup(name) };
	}
	r->tests[i].runs += r->tests[i].last != r->done;
	r->tests[i].last = r->done;
}

static void testscount(struct runs *r, const cJSON *record)
{
	const cJSON *cases = cJSON_GetObjectItem(cJSON_GetObjectItem(record, "tests"), "cases"), *c;

	cJSON_ArrayForEach(c, cases)
	{
		const char *result = textof(c, "result");

		if (strcmp(result, "failed") == 0 || strcmp(result, "missing") == 0)
			testcount(r, textof(c, "name"));
	}
}

static void timeadd(struct samples *s, const cJSON *record, const char *name)
{
	const cJSON *n = cJSON_GetObjectItem(record, name);

	if (cJSON_IsNumber(n))
		samplesadd(s, n->valuedouble);
}

/* Add the fields of a record that tell how its run went. */
static void eachadd(struct runs *r, int code, const cJSON *record)
{
	static const char *const names[] = { "cause", "detail", "status", "boot_ms", "total_ms" };
	cJSON *o = cJSON_CreateObject();

	cJSON_AddNumberToObject(o, "exit", code);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		cJSON_AddItemToObject(o, names[i],
				      cJSON_Duplicate(cJSON_GetObjectItem(record, names[i]), true));
	cJSON_AddItemToArray(r->each, o);
}

/* The cause, if the end of a run has nothing to do with its command or its kernel; else NULL. */
static const char *brokenby(const char *cause)
{
	static const char *const names[] = { "not started", "interrupted", "output lost" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(cause, names[i]) == 0)
			return names[i];
	return *cause ? NULL : "it left no record";
}

bool runsadd(struct runs *r, int code, const char *record)
{
	cJSON *o = cJSON_Parse(record);

	if (!o)
		o = cJSON_CreateObject();
	if (!r->each)
		r->each = cJSON_CreateArray();
	r->done++;
	r->broken = code ? brokenby(textof(o, "cause")) : NULL;
	r->bad += code && !r->broken;
	eachadd(r, code, o);
	testscount(r, o);
	if (!code) {
		timeadd(&r->boot, o, "boot_ms");
		timeadd(&r->total, o, "total_ms");
	}
	if (code ? r->broken || r->bad == 1 : !r->bad) {
		cJSON_Delete(r->shown);
		r->shown = o;
		r->code = code;
		if (code && !r->broken)
			r->first = r->done;
	} else {
		cJSON_Delete(o);
	}
	return !r->broken;
}

int runsverdict(const struct runs *r, int signo)
{
	if (signo)
		return 128 + signo;
	if (r->broken || !r->bad || r->bad == r->done)
		return r->done ? r->code : EXIT_QEMU;
	return EXIT_FLAKY;
}

static void testsreport(const struct runs *r)
{
	for (size_t i = 0; i < r->failing && i < SHOWN; i++)
		warn("  failed in %u of %u runs: %s", r->tests[i].runs, r->done, r->tests[i].name);
	if (r->failing > SHOWN)
		warn("  and %zu more", r->failing - SHOWN);
}

void runsreport(const struct runs *r, int code, const char *kept)
{
	const char *detail = textof(r->shown, "detail");

	if (code != EXIT_OK)
		testsreport(r);
	if (code != EXIT_OK && kept && (r->bad || r->broken))
		warn("log, output and record of the %s: %s",
		     r->bad ? "first run that failed" : "last run", kept);
	if (code == EXIT_OK)
		warn("all %u runs succeeded", r->done);
	else if (r->broken || r->done < r->wanted)
		warn("stopped in run %u of %u: %s", r->done, r->wanted,
		     r->broken ? r->broken : "interrupted");
	else if (code != EXIT_FLAKY)
		warn("failed: %u of %u runs", r->bad, r->done);
	else
		warn("flaky: %u of %u runs failed, the first was run %u: %s%s%s", r->bad, r->done,
		     r->first, textof(r->shown, "cause"), *detail ? ": " : "", detail);
}

static void replace(cJSON *o, const char *name, cJSON *item)
{
	if (!cJSON_ReplaceItemInObject(o, name, item))
		cJSON_AddItemToObject(o, name, item);
}

/* What all runs share is that of one; their times are medians. */
static void shownset(struct runs *r, int code)
{
	char *detail;

	replace(r->shown, "exit", cJSON_CreateNumber(code));
	if (r->boot.len)
		replace(r->shown, "boot_ms", cJSON_CreateNumber(samplesmedian(&r->boot)));
	if (r->total.len)
		replace(r->shown, "total_ms", cJSON_CreateNumber(samplesmedian(&r->total)));
	if (code != EXIT_FLAKY)
		return;
	detail = xasprintf("%u of %u runs failed, the first was run %u: %s", r->bad, r->done,
			   r->first, textof(r->shown, "cause"));
	replace(r->shown, "cause", cJSON_CreateString("flaky"));
	replace(r->shown, "detail", cJSON_CreateString(detail));
	free(detail);
}

void runsprint(struct runs *r, int code, struct buf *out)
{
	cJSON *o, *tests;
	char *text;

	if (!r->shown)
		r->shown = cJSON_CreateObject();
	shownset(r, code);
	o = cJSON_AddObjectToObject(r->shown, "repeat");
	cJSON_AddNumberToObject(o, "wanted", r->wanted);
	cJSON_AddNumberToObject(o, "runs", r->done);
	cJSON_AddNumberToObject(o, "failed", r->bad);
	cJSON_AddItemToObject(o, "first_failed",
			      r->first ? cJSON_CreateNumber(r->first) : cJSON_CreateNull());
	tests = cJSON_AddArrayToObject(o, "failed_tests");
	for (size_t i = 0; i < r->failing; i++) {
		cJSON *t = cJSON_CreateObject();

		cJSON_AddStringToObject(t, "name", r->tests[i].name);
		cJSON_AddNumberToObject(t, "failed", r->tests[i].runs);
		cJSON_AddItemToArray(tests, t);
	}
	cJSON_AddItemToObject(o, "each", r->each ? r->each : cJSON_CreateArray());
	r->each = NULL;
	text = cJSON_Print(r->shown);
	if (!text)
		abort(); /* out of memory: like lib/base/buf.h */
	bufprintf(out, "%s\n", text);
	cJSON_free(text);
}

void runsfree(struct runs *r)
{
	cJSON_Delete(r->shown);
	cJSON_Delete(r->each);
	for (size_t i = 0; i < r->failing; i++)
		free(r->tests[i].name);
	free(r->tests);
	samplesfree(&r->boot);
	samplesfree(&r->total);
	*r = (struct runs){ 0 };
}
