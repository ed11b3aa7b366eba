// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/size.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

int sizeparse(const char *text, unsigned long long *bytes)
{
	static const char units[] = "KMG";
	unsigned long long n;
	const char *unit;
	unsigned shift = 0;
	char *end;

	if (!isdigit((unsigned char)*text))
		return -1;
	errno = 0;
	n = strtoull(text, &end, 10);
	unit = *end ? strchr(units, *end) : NULL;
	if (unit) {
		shift = 10 * (unsigned)(unit - units + 1);
		end++;
	}
	if (errno || *end || n > ULLONG_MAX >> shift)
		return -1;
	*bytes = n << shift;
	return 0;
}

char *sizeformat(unsigned long long bytes)
{
	static const char *const units[] = { "KiB", "MiB", "GiB" };
	double n = (double)bytes / 1024;
	size_t i = 0;

	if (bytes < 1024)
		return xasprintf("%llu bytes", bytes);
	for (; n >= 1024 && i < 2; i++)
		n /= 1024;
	return xasprintf("%.1f %s", n, units[i]);
}
