/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What need not be made after the compiler has run, since the result is known. */
#ifndef REPLAY_SHORTCUT_H
#define REPLAY_SHORTCUT_H

#include "decide.h"

/* Keep the digests of what p compiles, as it is now; "" for a file that is not there. */
void shortcutbefore(const struct known *k, const struct plan *p, struct strlist *digests);

/*
 * Bring thin archives up to date that have nothing new but sizes of objects, without ar, which
 * would open all objects of the kernel four times. They are added to p->thin.
 */
void shortcutarchives(const struct known *k, struct plan *p);

/*
 * Whether all that only the last link would compile is up to date, and the last run did not fail;
 * not if the version of the kernel counts builds or has the time.
 */
bool shortcutlast(const struct known *k);

/*
 * If all objects are what they were, so is all that is linked of them: give that the date of now,
 * so that kbuild's makes find nothing to do. Not without shortcutlast.
 * Returns whether it is so; ends the program if a date cannot be set.
 */
bool shortcutlink(const struct known *k, const struct plan *p, const struct strlist *digests);

#endif
