// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as words of a line, for mkinitramfs: what is read and quoted again is read the same. */
#include "mkinitramfs/tree/word.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read back one word, which has to be want. */
static void reads(struct buf *quoted, bool expand, const char *want)
{
	struct words w = { .p = bufstr(quoted) };
	char *got = wordnext(&w, expand);

	if (!got || strcmp(got, want) != 0 || w.p[strspn(w.p, " ")])
		abort();
	free(got);
	buffree(&w.reason);
}

static void again(const char *word)
{
	struct buf out = { 0 };
	char *whole = xasprintf("dir/%s", word);

	wordquote(&out, word);
	reads(&out, false, word);
	bufclear(&out);
	wordquotesource(&out, "dir", word);
	reads(&out, true, whole);
	buffree(&out);
	free(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);

	setenv("SELF", "${SELF}", 1);
	setenv("TWICE", "${THING}${THING}", 1);
	setenv("THING", "thing", 1);
	for (int expand = 0; expand < 2; expand++) {
		struct words w = { .p = text };
		char *word;

		while ((word = wordnext(&w, expand))) {
			again(word);
			free(word);
		}
		buffree(&w.reason);
	}
	free(text);
	return 0;
}
