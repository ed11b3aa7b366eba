/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a try goes on fast enough to be worth waiting for. */
#ifndef FETCH_PACE_H
#define FETCH_PACE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct pace {
	int64_t since; /* monotonic milliseconds at which the window began */
	off_t got;     /* bytes that the transfer had brought by then */
};

/*
 * A transfer has brought got bytes so far: nonzero if a window (seconds) is over in which it
 * brought fewer than rate bytes a second; else the next window begins. A rate of 0 is never too
 * slow.
 */
bool paceslow(struct pace *p, off_t got, int64_t now, off_t rate, unsigned window);

#endif
