/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Suggestions for a mistyped name. */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

/*
 * Return the edit distance of a and b: the number of letters to change, insert, delete or swap with
 * the next one. Returns max + 1 if it is more than max, or if a name is longer than NEARMAX bytes.
 */
enum { NEARMAX = 200 };
unsigned editdistance(const char *a, const char *b, unsigned max);

/*
 * Return the largest edit distance to accept for a name of this length: 0 for up to 2 letters, 1
 * for 3 to 5, 2 for more.
 */
unsigned nearletters(const char *name);

/* A search. Call nearstart, then neartry for each candidate, then read found. */
struct near {
	const char *name; /* the mistyped name; not owned */
	unsigned best; /* the edit distance of found; one more than the maximum while found is NULL
			*/
	const char *found; /* the nearest candidate, the first of equals; not owned; NULL: none */
};

/* Start a search for names with an edit distance of at most max. Case is ignored. */
void nearstart(struct near *n, const char *name, unsigned max);
void neartry(struct near *n, const char *candidate);

#endif
