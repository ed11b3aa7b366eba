// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a log of a kernel: its lines, the titles of reports, and places of code. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "oops/code.h"
#include "oops/title.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each place is within its line, and behind the one before. */
static void places(const char *line)
{
	const char *next = line, *before = line;
	struct code c;

	while (codenext(line, &next, &c)) {
		if (c.at < line || c.end <= c.at || c.end > line + strlen(line) || next <= before ||
		    c.offset > c.size)
			abort();
		before = next;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klog log = { 0 };

	klogadd(&log, (const char *)data, size);
	for (size_t i = 0; i < log.len; i++) {
		const char *at;
		const struct kind *k = klogkind(&log, i, true, &at);
		char *title = k ? titleof(&log, i, k, at) : NULL;

		if (title && strlen(title) > 200)
			abort();
		free(title);
		places(log.item[i].text);
	}
	klogfree(&log);
	return 0;
}
