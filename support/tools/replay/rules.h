/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The makefile that does what is planned: make runs it, in parallel, with kbuild's own commands. */
#ifndef REPLAY_RULES_H
#define REPLAY_RULES_H

#include "decide.h"

/* Its goal for the files that headers are generated from: those alone. */
#define RULES_OFFSETS "replay-offsets"
/* Its goal for all other objects, and what else is compiled. */
#define RULES_OBJECTS "replay-objects"
/* Its goal for directories that have makes of their own. */
#define RULES_DIRS "replay-dirs"
/* Its goal for what is made of them: archives, and what kbuild's last makes make. */
#define RULES_LAST "replay-last"

/* Append the makefile for p. */
void ruleswrite(const struct known *k, const struct plan *p, struct buf *out);

#endif
