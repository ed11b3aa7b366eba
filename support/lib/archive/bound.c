// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/bound.h"

#include <string.h>

#define OVERHEAD 64 /* approximate bytes of memory for each kept name, besides the name */

const char *boundname(const char *name)
{
	size_t depth = 0;

	if (strlen(name) > BOUND_NAME)
		return "its name is longer than 4095 bytes";
	for (const char *p = name; *p; p += *p == '/') {
		size_t len = strcspn(p, "/");

		if (len > BOUND_PART)
			return "its name has a component of more than 255 bytes";
		depth += len > 0;
		p += len;
	}
	return depth > BOUND_DEPTH ? "it lies more than 256 directories deep" : NULL;
}

const char *boundkeep(struct bound *b, size_t len)
{
	b->names += len + OVERHEAD;
	return b->names > BOUND_NAMES ? "the names up to it take more than 256 MiB" : NULL;
}

const char *boundentry(struct bound *b, const char *name)
{
	const char *why = boundname(name);

	if (why)
		return why;
	if (++b->entries > BOUND_ENTRIES)
		return "there are more than 1000000 entries";
	return boundkeep(b, strlen(name));
}
