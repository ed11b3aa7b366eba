/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The moves of a walk: changes that a user may make between two builds. */
#ifndef WALK_MOVE_H
#define WALK_MOVE_H

#include "walk.h"

/* Make a random move, and describe it in w->said. */
void moveany(struct walk *w);

/* Make a move that most likely gives a package work to do. */
void movework(struct walk *w);

/* Set *n to another number from low to high. */
void another(struct walk *w, int *n, int low, int high);

/*
 * In beside.c: git operations in a source directory; git files in the overlay, or a file that a
 * link leads to; files from a machine whose clock is an hour ahead.
 */
void movegit(struct walk *w);
void movebeside(struct walk *w);
void moveahead(struct walk *w);

/* Make a move that does not change .config. */
void movetree(struct walk *w);

/* Set a random configuration: the front end's randconfig. */
void moverandconfig(struct walk *w);

#endif
