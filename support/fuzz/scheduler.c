// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as what the scheduler of icecc answers: servers have a name and an address. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "launch/scheduler.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct pairs servers = { 0 };

	schedulerread(text, &servers);
	for (size_t i = 0; i < servers.len; i++) {
		if (!*servers.item[i].name || !strchr(servers.item[i].value, ':') ||
		    strpbrk(servers.item[i].value, ")\n"))
			abort();
	}
	pairsfree(&servers);
	free(text);
	return 0;
}
