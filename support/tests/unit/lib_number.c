// SPDX-License-Identifier: GPL-2.0-or-later
/* Whole numbers of command lines, and the starts and ends of texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>

#include "base/affix.h"
#include "base/number.h"

static void numbers(void **state)
{
	static const struct {
		const char *text;
		long long min, max, want;
	} row[] = {
		{ "0", 0, 0, 0 },
		{ "007", 0, 10, 7 },
		{ "-1", -1, 2, -1 },
		{ "10", 1, 10, 10 },
		{ "9223372036854775807", 0, LLONG_MAX, LLONG_MAX },
		{ "-9223372036854775808", LLONG_MIN, 0, LLONG_MIN },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		long long n = 42;

		if (!numberparse(row[i].text, row[i].min, row[i].max, &n) || n != row[i].want)
			fail_msg("%s: %lld", row[i].text, n);
	}
}

static void nonumbers(void **state)
{
	static const char *const text[] = { "",
					    "-",
					    "--1",
					    "+1",
					    " 1",
					    "1 ",
					    "1x",
					    "0x1",
					    "1.0",
					    "abc",
					    "-11",
					    "11",
					    "9223372036854775808",
					    "-9223372036854775809" };
	long long n;

	(void)state;
	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++) {
		if (numberparse(text[i], -10, 10, &n))
			fail_msg("'%s' was taken as %lld", text[i], n);
	}
	assert_false(numberparse("9223372036854775808", LLONG_MIN, LLONG_MAX, &n));
}

static void affixes(void **state)
{
	(void)state;
	assert_true(startswith("CONFIG_X", "CONFIG_"));
	assert_true(startswith("CONFIG_", "CONFIG_"));
	assert_true(startswith("", ""));
	assert_false(startswith("CONFIG", "CONFIG_"));
	assert_false(startswith("xCONFIG_", "CONFIG_"));
	assert_true(endswith("zlib.mk", ".mk"));
	assert_true(endswith(".mk", ".mk"));
	assert_true(endswith("x", ""));
	assert_false(endswith("mk", ".mk"));
	assert_false(endswith("zlib.mk~", ".mk"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(nonumbers),
		cmocka_unit_test(affixes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
