/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts into which tests divide commits: those of one part have the same answers. */
#ifndef BISECTOR_DIVISION_H
#define BISECTOR_DIVISION_H

#include <stddef.h>
#include <stdint.h>

#include "graph.h"

/* For each of some commits: which commits are it or its ancestors, a bit for each. */
struct sets {
	uint64_t *bit;
	size_t len, words; /* sets, and words of each */
};

void setsmake(struct sets *s, const struct graph *g, const uint32_t *of, size_t len);
void setsfree(struct sets *s);
/* How many commits set number i has. */
size_t setsize(const struct sets *s, size_t i);

struct parts {
	size_t commits;
	uint32_t *part; /* of each commit */
	uint32_t *size; /* of each part */
	uint32_t *yes;	/* for partswith and partsof */
	uint32_t *no;
	size_t len;    /* parts */
	uint64_t work; /* how many commits were looked at so far */
};

void partsmake(struct parts *p, size_t commits);
void partsfree(struct parts *p);
/* Divide all commits by the sets with these numbers, but that of test[but]; but may be len. */
void partsof(struct parts *p, const struct sets *s, const uint32_t *test, size_t len, size_t but);
/* The sum of the squares of the sizes; and that if they were divided by one more set. */
uint64_t partsscore(const struct parts *p);
uint64_t partswith(struct parts *p, const struct sets *s, size_t set);

#endif
