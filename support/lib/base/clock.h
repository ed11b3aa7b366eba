/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elapsed time. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Return the milliseconds of the monotonic clock, which is never set. */
int64_t clockms(void);

#endif
