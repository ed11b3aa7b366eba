/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a guest that runs is waited for, and how long. */
#ifndef RUNQEMU_GUESTTIMERS_H
#define RUNQEMU_GUESTTIMERS_H

#include "gueststate.h"

/* Run the timers. Returns the ms until the next one, -1: none. */
long guesttimers(struct guest *g);

#endif
