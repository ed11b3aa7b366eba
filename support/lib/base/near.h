/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What somebody meant who typed a name that there is not. */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

/*
 * Letters to change, add, drop or swap with the next to make b of a; more than max: max + 1. No
 * name of ours is longer than NEARMAX bytes, and such a one is never near.
 */
enum { NEARMAX = 200 };
unsigned editdistance(const char *a, const char *b, unsigned max);

/* The letters that a name of this length may be off: none of 2, one of 3 to 5, two of more. */
unsigned nearletters(const char *name);

/* A search: start it, try each candidate, then look at found. */
struct near {
	const char *name; /* what was typed; not owned */
	unsigned best;	  /* letters that found is off; while there is none, one more than may be */
	const char *found; /* the nearest candidate, the first of several; not owned; NULL: none */
};

/* Look for what is at most max letters off name; letters of the other case are none. */
void nearstart(struct near *n, const char *name, unsigned max);
void neartry(struct near *n, const char *candidate);

#endif
