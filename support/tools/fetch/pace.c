// SPDX-License-Identifier: GPL-2.0-or-later
#include "pace.h"

#include <stdbool.h>

bool paceslow(struct pace *p, off_t got, int64_t now, off_t rate, unsigned window)
{
	off_t brought = got - p->got;

	if (now - p->since < (int64_t)window * 1000)
		return false;
	if (brought / (off_t)window < rate)
		return true;
	*p = (struct pace){ .since = now, .got = got };
	return false;
}
