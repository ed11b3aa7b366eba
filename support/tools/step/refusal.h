/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the machine refused of the sandbox, and telling a person once. */
#ifndef STEP_REFUSAL_H
#define STEP_REFUSAL_H

#include "job.h"

struct refusal {
	enum {
		NOTHING, /* all was had */
		USER,	 /* no user namespace, and so none of all */
		MAP,	 /* nor one with the user's own name in it */
		NET,	 /* no network namespace */
		MOUNT,	 /* no mount namespace */
		BIND,	 /* nor read-only trees in it */
	} what;
	int err; /* errno of it */
};

/* what was refused just now, with errno. */
struct refusal refused(int what);

/*
 * Warn of it, with the machine's switch that did it where that can be told; but not if that
 * was said before: the file .sandbox beside the clock has a line for each.
 */
void refusalsay(const struct job *j, const struct refusal *r);

#endif
