// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a size: a number of bytes that comes back as it was, or none. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/size.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	unsigned long long bytes, again;

	if (sizeparse(text, &bytes) == 0) {
		char *plain = xasprintf("%llu", bytes), *shown = sizeformat(bytes);

		if (sizeparse(plain, &again) < 0 || again != bytes)
			abort();
		free(plain);
		free(shown);
	}
	free(text);
	return 0;
}
