// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a package's .hash file, for checkrecipe: findings, and no more. */
#include <stdint.h>
#include <stdlib.h>

#include "checkrecipe/hashes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct report report = { 0 };
	struct hashes h = { 0 };

	hashparse(&h, "x.hash", text, &report);
	for (size_t i = 0; i < h.names.len; i++) {
		if (!hashhas(&h, h.names.item[i]))
			abort();
	}
	hashfree(&h);
	reportfree(&report);
	free(text);
	return 0;
}
