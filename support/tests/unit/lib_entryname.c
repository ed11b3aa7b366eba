// SPDX-License-Identifier: GPL-2.0-or-later
/* unpack: which entry names are refused, and what the others stand for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "archive/entryname.h"

static void refuses_bad_names(void **state)
{
	static const char *const bad[] = {
		"",	  "/",	  "/a",	     "//a",  "..",   "../a", "a/..",	  "a/../b",
		"a/b/..", "./..", "a//../b", "a\nb", "a\tb", "\177", "a/\033[2J",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_non_null(namerefuse(bad[i]));
}

static void takes_good_names(void **state)
{
	static const char *const good[] = {
		"a",   ".",	"./a", "a/b/", "...",	   "..a",
		"a..", "a/...", "a b", "a\\b", "\303\251", "-",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_null(namerefuse(good[i]));
}

static void cleans(void **state)
{
	static const struct {
		const char *raw;
		int strip;
		const char *want;
	} row[] = {
		{ "a", 0, "a" },
		{ "./a", 0, "a" },
		{ "a/b/c", 0, "a/b/c" },
		{ "a//b/./c/", 0, "a/b/c" },
		{ ".", 0, "" },
		{ "./", 0, "" },
		{ "top/a", 1, "a" },
		{ "./top/a/", 1, "a" },
		{ "top/", 1, "" },
		{ "top", 1, "" },
		{ "top/a", 2, "" },
		{ "top/a", 9, "" },
		{ "top/a/b/c", 2, "b/c" },
		{ "././top//./a", 1, "a" },
		{ "...", 0, "..." },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		char *got = nameclean(row[i].raw, row[i].strip);

		assert_string_equal(got, row[i].want);
		free(got);
	}
}

static void under(void **state)
{
	(void)state;
	assert_true(nameunder("usr", "usr"));
	assert_true(nameunder("usr/gen.c", "usr"));
	assert_true(nameunder("a/b/c", "a/b"));
	assert_false(nameunder("usrx", "usr"));
	assert_false(nameunder("us", "usr"));
	assert_false(nameunder("a/usr", "usr"));
}

static void quotes(void **state)
{
	char *got = namequote("a b\n\033x");

	(void)state;
	assert_string_equal(got, "'a b\\012\\033x'");
	free(got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_bad_names),
		cmocka_unit_test(takes_good_names),
		cmocka_unit_test(cleans),
		cmocka_unit_test(under),
		cmocka_unit_test(quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
