// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as .config and as a package's .hash file: what inputs tells make of them has a line for
 * each of theirs, and no single $.
 */
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzzdir.h"
#include "inputs/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each line is an assignment; a $ is $$, or the empty reference $(). */
static void makes(struct buf *out)
{
	const char *p = bufstr(out);

	if (strlen(p) != out->len || (out->len && p[out->len - 1] != '\n'))
		abort();
	while (*p) {
		const char *end = strchr(p, '\n'), *op = strstr(p, "= ");

		if (!op || op > end || op == p || !strchr(":+", op[-1]))
			abort();
		while ((p = memchr(p, '$', (size_t)(end - p)))) {
			if (p[1] != '$' && strncmp(p, "$()", 3) != 0)
				abort();
			p += 2;
		}
		p = end + 1;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf out = { 0 }, bad = { 0 };
	struct strlist kconfig = { 0 };
	struct pairs seen = { 0 };

	scratchenter();
	mkdirs("p/x");
	scratchput("config", data, size);
	scratchput("p/x/x.mk", "", 0);
	scratchput("p/x/x.hash", data, size);
	if (scanconfig("config", &out) == 0)
		makes(&out);
	buffree(&out);
	if (scanpackages("p", &out, &kconfig, &seen, &bad) < 0)
		abort();
	buffree(&out);
	buffree(&bad);
	listfree(&kconfig);
	pairsfree(&seen);
	return 0;
}
