// SPDX-License-Identifier: GPL-2.0-or-later
/* lib/results/samples: medians, and what two sets of values differ by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "results/samples.h"

static void fill(struct samples *s, size_t len, double first, double step)
{
	for (size_t i = 0; i < len; i++)
		samplesadd(s, first + step * (double)i);
}

static void finds_the_median(void **state)
{
	struct samples s = { 0 };

	(void)state;
	assert_true(samplesmedian(&s) == 0);
	samplesadd(&s, 9);
	assert_true(samplesmedian(&s) == 9);
	samplesadd(&s, 1);
	assert_true(samplesmedian(&s) == 5);
	samplesadd(&s, 2);
	assert_true(samplesmedian(&s) == 2);
	assert_true(s.item[0] == 9); /* they stay in their order */
	samplesfree(&s);
}

/*
 * The tables of the Mann-Whitney test give the largest statistic that is significant at 5 % (two
 * sides): the bound of the interval is the difference behind so many.
 */
static void has_the_bounds_of_the_tables(void **state)
{
	const struct {
		size_t m, n;
		int critical; /* -1: there is none */
	} cases[] = {
		{ 1, 1, -1 }, { 2, 7, -1 },   { 3, 3, -1 },   { 3, 4, -1 },
		{ 3, 5, 0 },  { 4, 4, 0 },    { 5, 5, 2 },    { 6, 8, 8 },
		{ 8, 8, 13 }, { 10, 10, 23 }, { 15, 12, 49 }, { 20, 20, 127 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct samples a = { 0 }, b = { 0 };
		struct shift d;

		/* All differences are different: k-th is k. */
		fill(&a, cases[i].m, 0, -1);
		fill(&b, cases[i].n, 0, (double)cases[i].m);
		shiftfind(&d, &a, &b);
		assert_int_equal(d.known, cases[i].critical >= 0);
		if (d.known) {
			assert_int_equal(d.low, cases[i].critical);
			assert_int_equal(d.high,
					 cases[i].m * cases[i].n - 1 - (size_t)cases[i].critical);
		}
		samplesfree(&a);
		samplesfree(&b);
	}
}

static void finds_the_difference(void **state)
{
	struct samples a = { 0 }, b = { 0 };
	struct shift d;

	(void)state;
	fill(&a, 200, 500, 0.1);
	fill(&b, 100, 510, 0.2);
	samplesadd(&b, 100000); /* one that was disturbed */
	shiftfind(&d, &a, &b);
	assert_true(d.known && d.low > 8 && d.low < d.estimate && d.estimate < d.high &&
		    d.high < 12);
	shiftfind(&d, &b, &a);
	assert_true(d.known && d.high < -8 && d.estimate > -12);
	shiftfind(&d, &a, &a);
	assert_true(d.known && d.low < 0 && d.high > 0 && d.estimate == 0);
	fill(&a, 5000, 500, 0);
	fill(&b, 5000, 500, 0);
	shiftfind(&d, &a, &b);
	assert_true(d.known);
	samplesfree(&a);
	samplesfree(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_median),
		cmocka_unit_test(has_the_bounds_of_the_tables),
		cmocka_unit_test(finds_the_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
