// SPDX-License-Identifier: GPL-2.0-or-later
#include "boottable.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/msg.h"

char *bootsummary(const struct boot *b)
{
	size_t counts[BOOT_KINDS] = { 0 };
	struct buf out = { 0 };

	for (size_t i = 0; i < b->events; i++)
		counts[b->event[i].kind]++;
	bufprintf(&out, "linux %s: ", b->kernel ? b->kernel : "(release unknown)");
	if (b->init < 0)
		bufprintf(&out, "init was not started, %.1f ms", (double)b->end / 1000);
	else
		bufprintf(&out, "init after %.1f ms", (double)b->init / 1000);
	if (b->ready >= 0)
		bufprintf(&out, ", ready after %.1f ms", (double)b->ready / 1000);
	for (int i = 0; i < BOOT_KINDS; i++)
		bufprintf(&out, "%s%zu %s%s", i ? ", " : "; ", counts[i], bootkindname(i),
			  counts[i] == 1 ? "" : "s");
	return bufsteal(&out);
}

static void eventprint(const struct boot *b, const struct bootevent *e)
{
	char *title = boottitle(b, e);

	tell(stdout, "%10.3f %10.3f  %s\n", (double)e->us / 1000, (double)e->begin / 1000, title);
	free(title);
}

static void failuresprint(const struct boot *b)
{
	bool any = false;

	for (size_t i = 0; i < b->events; i++) {
		const struct bootevent *e = &b->event[i];

		if (!bootfailed(e) && e->end != BOOT_OPEN)
			continue;
		if (!any)
			printf("\n%10s %10s  failed, or did not return\n", "ms", "from");
		any = true;
		eventprint(b, e);
	}
}

void boottableprint(const struct boot *b)
{
	char *summary = bootsummary(b);
	size_t len, *slowest = bootslowest(b, &len);

	tell(stdout, "%s\n\n%10s %10s  phase\n", summary, "ms", "from");
	for (size_t i = 0; i < b->phases; i++)
		tell(stdout, "%10.3f %10.3f  %s\n", (double)bootphaseus(b, i) / 1000,
		     (double)b->phase[i].begin / 1000, b->phase[i].name);
	printf("\n%10s %10s  slowest\n", "ms", "from");
	for (size_t i = 0; i < len && i < BOOT_TOP; i++)
		eventprint(b, &b->event[slowest[i]]);
	failuresprint(b);
	free(slowest);
	free(summary);
}
