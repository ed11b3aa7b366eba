/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which part of the sandbox the machine refused, and the warning about it. */
#ifndef STEP_REFUSAL_H
#define STEP_REFUSAL_H

#include "job.h"

struct refusal {
	enum {
		NOTHING, /* nothing refused */
		USER,	 /* no user namespace, and so no sandbox at all */
		MAP,	 /* a user namespace, but no mapping of the user in it */
		NET,	 /* no network namespace */
		MOUNT,	 /* no mount namespace */
		BIND,	 /* a mount namespace, but no read-only mounts */
	} what;
	int err; /* its errno */
};

/* Return a refusal of part what, with the present errno. */
struct refusal refused(int what);

/*
 * Print a warning, with the setting of the machine that is the cause if it can be found. Each
 * warning is printed once for an output directory: the file .sandbox in the directory of the clock
 * has a line for each.
 */
void refusalsay(const struct job *j, const struct refusal *r);

#endif
