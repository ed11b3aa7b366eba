/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running a command again and again, each time in a new guest (--repeat). */
#ifndef RUNQEMU_REPEAT_H
#define RUNQEMU_REPEAT_H

#include <stdbool.h>

#include "options.h"

/*
 * Run o->repeat guests, one after the other, each in a process of its own. Returns true in such a
 * process, with *o changed for its one run. Returns false in the first process, when all is done
 * and reported: *ret is the exit code, *signo the signal to end with (0: none).
 */
bool repeat(struct options *o, int *ret, int *signo);

#endif
