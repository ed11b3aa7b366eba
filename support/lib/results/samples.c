// SPDX-License-Identifier: GPL-2.0-or-later
#include "results/samples.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define ALPHA	  0.025 /* probability outside of the interval, on each side */
#define QUANTILE  1.959964
#define EXACT_MAX 50 /* values of both sets up to which the distribution is computed */

void samplesadd(struct samples *s, double value)
{
	if (s->len == s->cap) {
		s->cap = s->cap ? 2 * s->cap : 16;
		s->item = xrealloc(s->item, s->cap * sizeof(*s->item));
	}
	s->item[s->len++] = value;
}

void samplesfree(struct samples *s)
{
	free(s->item);
	*s = (struct samples){ 0 };
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median of sorted values. */
static double middle(const double *v, size_t len)
{
	return len % 2 ? v[len / 2] : (v[len / 2 - 1] + v[len / 2]) / 2;
}

double samplesmedian(const struct samples *s)
{
	double *copy, median;

	if (!s->len)
		return 0;
	copy = xmalloc(s->len * sizeof(*copy));
	memcpy(copy, s->item, s->len * sizeof(*copy));
	qsort(copy, s->len, sizeof(*copy), compare);
	median = middle(copy, s->len);
	free(copy);
	return median;
}

/*
 * In how many ways m values among m + n have the rank sum statistic u, for each u up to m * n: the
 * coefficients of the Gaussian binomial, a product of (1 - q^(n+i)) / (1 - q^i). Caller frees.
 */
static double *ways(size_t m, size_t n)
{
	size_t size = m * n + 1;
	double *c = xcalloc(size, sizeof(*c));

	c[0] = 1;
	for (size_t i = 1; i <= m; i++) {
		for (size_t u = size; u-- > n + i;)
			c[u] -= c[u - n - i];
		for (size_t u = i; u < size; u++)
			c[u] += c[u - i];
	}
	return c;
}

/* The square root of x, which is at least 1; so near that the number of a difference is right. */
static double root(double x)
{
	double r = x;

	for (int i = 0; i < 60; i++) /* Newton's method; at first it halves */
		r = (r + x / r) / 2;
	return r;
}

/* How many of the sorted differences are below the interval; 0: it has no bound. */
static size_t outside(size_t m, size_t n)
{
	double *c, all = 0, sum = 0, k;
	size_t u = 0;

	if (m + n > EXACT_MAX) {
		k = m * n / 2.0 - QUANTILE * root(m * n * (m + n + 1.0) / 12);
		return k > 1 ? (size_t)k : 0;
	}
	c = ways(m, n);
	for (size_t i = 0; i <= m * n; i++)
		all += c[i];
	while (u < m * n && (sum + c[u]) / all <= ALPHA)
		sum += c[u++];
	free(c);
	return u;
}

void shiftfind(struct shift *d, const struct samples *a, const struct samples *b)
{
	size_t m = a->len < SAMPLES_MAX ? a->len : SAMPLES_MAX;
	size_t n = b->len < SAMPLES_MAX ? b->len : SAMPLES_MAX;
	size_t out = outside(m, n), len = m * n;
	double *all = xmalloc(len * sizeof(*all));

	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < n; j++)
			all[i * n + j] = b->item[j] - a->item[i];
	qsort(all, len, sizeof(*all), compare);
	*d = (struct shift){ .estimate = middle(all, len), .known = out > 0 };
	if (d->known) {
		d->low = all[out - 1];
		d->high = all[len - out];
	}
	free(all);
}
