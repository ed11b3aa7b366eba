// SPDX-License-Identifier: GPL-2.0-or-later
#include "oops/addrsearch.h"

size_t addrsearch(const uint64_t *first, size_t item, size_t len, uint64_t addr)
{
	size_t low = 0, high = len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const void *at = (const char *)first + mid * item;

		if (*(const uint64_t *)at <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}
