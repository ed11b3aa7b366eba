// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/number.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

bool numberparse(const char *text, long long min, long long max, long long *n)
{
	char *end;

	if (!isdigit((unsigned char)text[*text == '-']))
		return false;
	errno = 0;
	*n = strtoll(text, &end, 10);
	return !errno && !*end && *n >= min && *n <= max;
}
