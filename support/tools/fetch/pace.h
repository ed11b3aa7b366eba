/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Detection of transfers that are too slow. */
#ifndef FETCH_PACE_H
#define FETCH_PACE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct pace {
	int64_t since; /* start of the window, monotonic milliseconds */
	off_t got;     /* bytes received before it */
};

/*
 * A transfer has received got bytes so far. Returns true if a window (in seconds) has ended in
 * which it received fewer than rate bytes per second; if it received more, the next window begins.
 * With a rate of 0, always returns false.
 */
bool paceslow(struct pace *p, off_t got, int64_t now, off_t rate, unsigned window);

#endif
