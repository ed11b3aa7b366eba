/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which commits to test at the same time. Each tested commit tells of the first bad one whether it
 * is among that commit and its ancestors. Several divide all commits into parts that have the same
 * answers; the best are those whose parts are small and alike: the sum of the squares of their
 * sizes is least.
 */
#ifndef BISECTOR_CHOOSE_H
#define BISECTOR_CHOOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "graph.h"

/* What is known of a commit. */
enum known {
	KNOWN_NOTHING,
	KNOWN_RUNNING, /* it is being tested */
	KNOWN_SKIPPED, /* it cannot be tested */
};

/*
 * Choose up to count commits to test beside those that are running; known has g->len entries.
 * Number 0 is known to be bad and never chosen. Returns how many were put into chosen, the most
 * important first.
 */
size_t choose(const struct graph *g, const uint8_t *known, size_t count, uint32_t *chosen);

/* The size of the largest part when these commits are tested. */
size_t largestpart(const struct graph *g, const uint32_t *tested, size_t count);

#endif
