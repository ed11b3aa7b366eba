/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time that has passed. */
#ifndef RUNQEMU_CLOCK_H
#define RUNQEMU_CLOCK_H

/* Milliseconds of a clock that nobody sets. */
long clockms(void);

#endif
