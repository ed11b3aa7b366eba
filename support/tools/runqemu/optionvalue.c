// SPDX-License-Identifier: GPL-2.0-or-later
#include "optionvalue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"

/* MiB */
#define MEMORY_MIN 16
#define MEMORY_MAX (1 << 24)

unsigned optionmemory(const char *text)
{
	long n, unit = 1;
	char *end;

	errno = 0;
	n = strtol(text, &end, 10);
	if (end > text && strchr("MG", *end) && *end && !end[1])
		unit = *end++ == 'G' ? 1024 : 1;
	if (errno || end == text || *end || n < 0 || n > MEMORY_MAX / unit || n * unit < MEMORY_MIN)
		dieusage("--memory (MEMORY= of make) takes %d to %d MiB, or GiB as in 2G, not '%s'",
			 MEMORY_MIN, MEMORY_MAX, text);
	return (unsigned)(n * unit);
}

int optiononeof(const char *option, const char *text, const char *const *names)
{
	struct buf all = { 0 };

	for (int i = 0; names[i]; i++) {
		if (strcmp(names[i], text) == 0) {
			buffree(&all);
			return i;
		}
		bufprintf(&all, "%s%s", i ? ", " : "", names[i]);
	}
	dieusage("%s takes one of %s, not '%s'", option, bufstr(&all), text);
}
