/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running kbuild, or what is planned in its place, and keeping what is to be known the next time.
 */
#ifndef REPLAY_RUN_H
#define REPLAY_RUN_H

#include "decide.h"

/*
 * Run the command of k->work as it is, and record it for the next time if it succeeds. same says
 * whether only the goals are new: then what was recorded for others stays. k->source is as it was
 * before. Returns the exit status.
 */
int runkbuild(const struct known *k, bool same);

/*
 * Do what is planned. Returns the exit status; or -1, and p->reason set, if it turned out to be
 * kbuild's matter.
 */
int runplan(struct known *k, struct plan *p);

/* Run the command of w and record nothing; what was recorded is removed. Returns the exit status.
 */
int runplain(const struct work *w);

#endif
