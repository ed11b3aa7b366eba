/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The moves of a walk: each is a change that a person might make between two builds. */
#ifndef WALK_MOVE_H
#define WALK_MOVE_H

#include "walk.h"

/* Make one, chosen by the dice, and add to w->said what it was. */
void moveany(struct walk *w);

/* One that gives a package something to do, most likely. */
void movework(struct walk *w);

/* Another number for *n, from low to high. */
void another(struct walk *w, int *n, int low, int high);

/* Of beside.c: what somebody does with git in a directory of sources; what git keeps in the
 * overlay, or a file that a link leads to; files from a machine whose clock is an hour ahead. */
void movegit(struct walk *w);
void movebeside(struct walk *w);
void moveahead(struct walk *w);

/* One that does not touch .config. */
void movetree(struct walk *w);

/* A configuration by chance: the front end's randconfig. */
void moverandconfig(struct walk *w);

#endif
