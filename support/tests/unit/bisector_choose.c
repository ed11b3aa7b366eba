// SPDX-License-Identifier: GPL-2.0-or-later
/* Which commits are tested at the same time: how much is left after that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "bisector/choose.h"

#define MOST 64

static struct graph graphof(struct buf *text)
{
	struct graph g = { 0 };
	char *why = NULL;

	bufputs(text, "");
	if (graphread(&g, text->data, &why) < 0)
		fail_msg("%s", why);
	return g;
}

/* Commits one after the other; the last of them has a parent that is not among them. */
static struct graph chain(size_t len)
{
	struct buf text = { 0 };
	struct graph g;

	for (size_t i = len; i > 0; i--)
		bufprintf(&text, "c%zu c%zu\n", i, i - 1);
	g = graphof(&text);
	buffree(&text);
	return g;
}

/* Commits of which some are merges, and some branch off. */
static struct graph woven(size_t len, unsigned seed)
{
	struct buf text = { 0 };
	struct graph g;

	srand(seed);
	for (size_t i = len; i > 0; i--) {
		bufprintf(&text, "c%zu c%zu", i,
			  i - 1 - (i > 4 && i < len ? (size_t)rand() % 3 : 0));
		if (i > 2 && rand() % 4 == 0)
			bufprintf(&text, " c%zu", (size_t)rand() % (i - 1));
		bufputc(&text, '\n');
	}
	g = graphof(&text);
	buffree(&text);
	return g;
}

static size_t chosen(const struct graph *g, const uint8_t *known, size_t count, uint32_t *to)
{
	uint8_t *nothing = xcalloc(g->len + 1, 1);
	size_t n = choose(g, known ? known : nothing, count, to);

	free(nothing);
	return n;
}

/* Without merges the parts are as equal as they can be: that is the logarithm of base count + 1. */
static void chains(void **state)
{
	uint32_t to[MOST];

	(void)state;
	for (size_t len = 2; len < 200; len++) {
		for (size_t count = 1; count <= 9; count++) {
			struct graph g = chain(len);
			size_t n = chosen(&g, NULL, count, to),
			       want = count < len ? count : len - 1;

			assert_int_equal(n, want);
			assert_int_equal(largestpart(&g, to, n), (len + n) / (n + 1));
			graphfree(&g);
		}
	}
}

/* More commits than are considered one by one. */
static void longchain(void **state)
{
	struct graph g = chain(9000);
	uint32_t to[MOST];

	(void)state;
	for (size_t count = 1; count <= 17; count += 8) {
		assert_int_equal(chosen(&g, NULL, count, to), count);
		assert_true(largestpart(&g, to, count) <= 9000 / (count + 1) + 9000 / 100);
	}
	graphfree(&g);
}

static uint64_t score(const struct graph *g, const uint32_t *tested, size_t count)
{
	uint64_t sum = 0;

	/* by comparing all answers of each two commits */
	for (size_t a = 0; a < g->len; a++)
		for (size_t b = 0; b < g->len; b++) {
			size_t same = 0;

			for (size_t i = 0; i < count; i++) {
				uint8_t in[MOST] = { 0 };

				in[tested[i]] = 1;
				for (size_t c = 0; c < g->len; c++)
					for (size_t p = g->parents[c]; p < g->parents[c + 1]; p++)
						in[g->parent[p]] |= in[c];
				same += in[a] == in[b];
			}
			sum += same == count;
		}
	return sum;
}

/* With merges: no two commits would be much better than those that are chosen. */
static void merges(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 40; seed++) {
		struct graph g = woven(14, seed);
		uint64_t least = UINT64_MAX;
		uint32_t to[MOST];
		size_t n = chosen(&g, NULL, 2, to);

		for (uint32_t a = 1; a < g.len; a++)
			for (uint32_t b = a + 1; b < g.len; b++) {
				uint64_t s = score(&g, (uint32_t[]){ a, b }, 2);

				least = s < least ? s : least;
			}
		assert_int_equal(n, 2);
		assert_true(score(&g, to, 2) * 100 <= least * 110);
		graphfree(&g);
	}
}

/* What runs is not chosen again, and counts; what cannot be tested is not chosen. */
static void beside(void **state)
{
	struct graph g = chain(9);
	uint8_t known[9] = { 0 };
	uint32_t to[MOST];

	(void)state;
	/* c9 to c1 are numbers 0 to 8, and the middle runs: each half is divided */
	known[4] = KNOWN_RUNNING;
	assert_int_equal(chosen(&g, known, 2, to), 2);
	assert_true(to[0] == 2 || to[1] == 2);
	assert_true(to[0] == 6 || to[0] == 7 || to[1] == 6 || to[1] == 7);
	known[2] = known[3] = known[6] = known[7] = KNOWN_SKIPPED;
	assert_int_equal(chosen(&g, known, 9, to), 3);
	memset(known, KNOWN_SKIPPED, sizeof(known));
	assert_int_equal(chosen(&g, known, 9, to), 0);
	graphfree(&g);
}

static void wrong(void **state)
{
	static const char *const texts[] = { "a b\na c\n", "a b\nb a\n", "a a\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct graph g = { 0 };
		char *text = xstrdup(texts[i]), *why = NULL;

		assert_int_equal(graphread(&g, text, &why), -1);
		assert_non_null(why);
		free(why);
		free(text);
		graphfree(&g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chains), cmocka_unit_test(longchain), cmocka_unit_test(merges),
		cmocka_unit_test(beside), cmocka_unit_test(wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
