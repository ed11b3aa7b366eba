// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a guest's output with tests in it. The first byte is the size of the pieces that it
 * comes in; how it is cut must not matter.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/visible.h"
#include "results/expect.h"
#include "results/ktap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Add what was read of a test to a text. */
static void print(struct test *t, const char *path, enum testresult as, void *arg)
{
	bufprintf(arg, "%s %s %lu %s %s\n", testresultname(as), path, t->count,
		  t->reason ? t->reason : "", t->log ? t->log : "");
}

static void fuzzread(const char *text, size_t len, size_t piece, struct buf *out)
{
	struct results r = { 0 };
	struct ktap k = { .into = &r };
	struct strlist names = { 0 };
	unsigned long total;

	for (size_t at = 0; at < len; at += piece)
		ktapfeed(&k, text + at, len - at < piece ? len - at : piece, 0);
	ktapend(&k);
	resultscount(&r);
	total = resultstotal(&r);
	testswalk(&r.tests, print, out);
	if (resultsbad(&r)) {
		listadd(&names, r.first);
		expectapply(&r, &names);
		if (!r.counts[TEST_KNOWN] || resultstotal(&r) != total)
			abort();
	}
	listfree(&names);
	resultsfree(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf pieces = { 0 }, whole = { 0 };
	const char *text = (const char *)data + 1;

	if (!size)
		return 0;
	fuzzread(text, size - 1, data[0] ? data[0] : 1, &pieces);
	fuzzread(text, size - 1, size, &whole);
	if (strcmp(bufstr(&pieces), bufstr(&whole)) != 0 || !isvisible(bufstr(&whole)))
		abort();
	buffree(&pieces);
	buffree(&whole);
	return 0;
}
