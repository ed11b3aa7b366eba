// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as the log of a boot: its times make sense, and its tables can be made. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bootchart/bootlog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct boot *b)
{
	for (size_t i = 0; i < b->events; i++) {
		const struct bootevent *e = &b->event[i];
		char *title = boottitle(b, e);

		if (e->begin < 0 || e->us < 0 || e->in > b->events || e->in == i + 1 ||
		    e->main > b->events || !*title)
			abort();
		free(title);
	}
	for (size_t i = 0; i < b->phases; i++)
		if (bootphaseus(b, i) < 0 || (i && b->phase[i].begin < b->phase[i - 1].begin))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klog log = { 0 };
	struct boot b = { 0 };
	struct bootlogfound found;
	size_t len, *slowest;

	klogadd(&log, (const char *)data, size);
	bootlogread(&b, &log, NULL, &found);
	check(&b);
	slowest = bootslowest(&b, &len);
	for (size_t i = 0; i + 1 < len; i++)
		if (b.event[slowest[i]].us < b.event[slowest[i + 1]].us)
			abort();
	free(slowest);
	bootfree(&b);
	klogfree(&log);
	return 0;
}
