// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/affix.h"

#include <string.h>

bool startswith(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

bool endswith(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && memcmp(text + len - n, end, n) == 0;
}
