/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run came to: its end, and the tests in it. */
#ifndef RUNQEMU_JUDGE_H
#define RUNQEMU_JUDGE_H

#include "guest.h"
#include "launch.h"

/* What is known of a run besides its end. */
struct judging {
	const struct launch *launch;
	long silence;		     /* most ms without a sign of life */
	bool kvm;		     /* the guest ran under KVM */
	const struct strlist *known; /* tests that are known to fail */
};

/* Begin the guest's section in the log of a CI system. */
void judgefold(struct fold *f, const struct options *o);

/* Print on standard error what its tests came to and how it ended. Returns the exit code. */
int judge(struct guestend *end, const struct judging *j);

#endif
