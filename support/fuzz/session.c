// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as what a guest sends: output with records in it, and a console. The first byte is the
 * size of the pieces that they come in; how they are cut must not matter.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runqemu/console.h"
#include "runqemu/records.h"

/* That of the seeds. */
#define FUZZ_MARK                                                                                  \
	"\036"                                                                                     \
	"0123456789abcdef0123456789abcdef "

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read all in pieces of that many bytes; returns the status, and the output in out. */
static int fuzzread(const char *text, size_t len, size_t piece, struct buf *out)
{
	struct console console = { 0 };
	struct stream s;
	int status;

	streaminit(&s, FUZZ_MARK, true);
	for (size_t at = 0; at < len; at += piece) {
		size_t n = len - at < piece ? len - at : piece;

		streamfeed(&s, text + at, n, out);
		consolefeed(&console, text + at, n);
	}
	status = s.status;
	streamflush(&s, out);
	consolefree(&console);
	streamfree(&s);
	return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf pieces = { 0 }, whole = { 0 };
	const char *text = (const char *)data + 1;
	int a, b;

	if (!size)
		return 0;
	a = fuzzread(text, size - 1, data[0] ? data[0] : 1, &pieces);
	b = fuzzread(text, size - 1, size, &whole);
	if (a != b || a > 255 || pieces.len != whole.len ||
	    (whole.len && memcmp(pieces.data, whole.data, whole.len) != 0))
		abort();
	buffree(&pieces);
	buffree(&whole);
	return 0;
}
