/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Measured values, and what two sets of them differ by. */
#ifndef RESULTS_SAMPLES_H
#define RESULTS_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>

#define SAMPLES_MAX 2000 /* values of a set that shiftfind uses: the first */

/* Zero-initialise before use. */
struct samples {
	double *item; /* owned */
	size_t len, cap;
};

void samplesadd(struct samples *s, double value);

/* Return the median; 0 of none. */
double samplesmedian(const struct samples *s);

void samplesfree(struct samples *s);

/* By how much the values of one set are larger than those of another. */
struct shift {
	double estimate;  /* the median of all differences (Hodges and Lehmann) */
	bool known;	  /* low and high are known: there are enough values */
	double low, high; /* with 95 % confidence it is between these (Mann and Whitney) */
};

/*
 * Find by how much b is larger than a. Nothing is assumed of how the values are distributed, but
 * that those of both are distributed alike. Both must have values.
 */
void shiftfind(struct shift *d, const struct samples *a, const struct samples *b);

#endif
