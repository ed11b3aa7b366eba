/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time that has passed. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds of a clock that nobody sets. */
int64_t clockms(void);

#endif
