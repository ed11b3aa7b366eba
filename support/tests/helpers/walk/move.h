/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The moves of a walk: each is a change that a person might make between two builds. */
#ifndef WALK_MOVE_H
#define WALK_MOVE_H

#include "walk.h"

/* Make one, chosen by the dice, and add to w->said what it was. */
void moveany(struct walk *w);

/* One that gives a package something to do, most likely. */
void movework(struct walk *w);

/* One that does not touch .config. */
void movetree(struct walk *w);

/* A configuration by chance: the front end's randconfig. */
void moverandconfig(struct walk *w);

#endif
