// SPDX-License-Identifier: GPL-2.0-or-later
/* Text from outside, as a terminal may be given it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/visible.h"

static void shows(const char *text, const char *want)
{
	struct buf out = { 0 };

	bufvisible(&out, text, strlen(text));
	assert_string_equal(bufstr(&out), want);
	assert_int_equal(isvisible(text), strcmp(text, want) == 0);
	buffree(&out);
}

static void stays(void **state)
{
	(void)state;
	shows("", "");
	shows("a b\tc\nd\\x", "a b\tc\nd\\x");
	shows("Stra\xc3\x9f"
	      "e \xe2\x82\xac \xf0\x9f\x90\xa7",
	      "Stra\xc3\x9f"
	      "e \xe2\x82\xac \xf0\x9f\x90\xa7");
}

static void controls(void **state)
{
	(void)state;
	shows("\033]0;title\a", "\\x1b]0;title\\x07");
	shows("a\rb\bc\x7f", "a\\x0db\\x08c\\x7f");
	/* CSI as one character of C1 */
	shows("\xc2\x9b"
	      "31m",
	      "\\xc2\\x9b31m");
	shows("\xc2\xa0", "\xc2\xa0");
}

static void malformed(void **state)
{
	(void)state;
	shows("\x9b"
	      "31m",
	      "\\x9b31m");
	shows("\xc3", "\\xc3");
	shows("\xc0\xaf", "\\xc0\\xaf");
	shows("\xe0\x80\x80", "\\xe0\\x80\\x80");
	shows("\xed\xa0\x80", "\\xed\\xa0\\x80");
	shows("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
	shows("\xff", "\\xff");
}

static void anybyte(void **state)
{
	struct buf out = { 0 };
	char byte = 0;

	(void)state;
	bufvisible(&out, &byte, 1);
	assert_string_equal(bufstr(&out), "\\x00");
	buffree(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stays),
		cmocka_unit_test(controls),
		cmocka_unit_test(malformed),
		cmocka_unit_test(anybyte),
	};

	return cmocka_run_group_tests_name("lib/visible", tests, NULL, NULL);
}
