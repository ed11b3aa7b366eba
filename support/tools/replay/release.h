/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's release (uname -r), which the state of git decides, too: kbuild asks its script. */
#ifndef REPLAY_RELEASE_H
#define REPLAY_RELEASE_H

#include <stdbool.h>
#include <sys/types.h>

#include "state.h"
#include "submake.h"

/* A question that is being answered. Zero-initialise before use. */
struct release {
	pid_t pid; /* of the script; 0: it was not asked */
	int fd;	   /* its output */
};

/* Start the kernel's own scripts/setlocalversion, in the environment of base. */
void releaseask(struct release *r, const struct work *w, const struct submake *base);

/* Wait for it. Returns whether the release is that of the last build, or was not asked for. */
bool releasesame(struct release *r, const struct work *w, const struct submake *base);

#endif
