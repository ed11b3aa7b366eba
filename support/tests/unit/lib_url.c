// SPDX-License-Identifier: GPL-2.0-or-later
/* URLs as text: what is allowed, joined, shown, and followed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/url.h"

static void checks(void **state)
{
	(void)state;
	assert_null(urlerror("http://h"));
	assert_null(urlerror("HTTPS://user:pw@h:80/x?y#z"));
	assert_null(urlerror("ftp://h/x"));
	assert_null(urlerror("file:///x"));
	assert_null(urlerror("file://localhost/x"));
	assert_non_null(urlerror(""));
	assert_non_null(urlerror("h/x"));
	assert_non_null(urlerror("http:/h/x"));
	assert_non_null(urlerror("http:///x"));
	assert_non_null(urlerror("http://user@/x"));
	assert_non_null(urlerror("gopher://h/"));
	assert_non_null(urlerror("file://x"));
	assert_non_null(urlerror("file://loc/x"));
	assert_non_null(urlerror("file:x"));
	assert_non_null(urlerror("http://h/a b"));
	assert_non_null(urlerror("http://h/a\nb"));
}

static void is(char *got, const char *want)
{
	assert_string_equal(got, want);
	free(got);
}

static void shows(void **state)
{
	(void)state;
	is(urlshow("http://h/x@y:z"), "http://h/x@y:z");
	is(urlshow("http://user@h/x"), "http://user@h/x");
	is(urlshow("http://user:pw@h:8/x"), "http://user:***@h:8/x");
	is(urlshow("http://user:p@:w@h/x"), "http://user:***@h/x");
	is(urlshow("http://:pw@h?q"), "http://:***@h?q");
	is(urlhost("http://user:pw@h:8/x"), "h:8");
	is(urlhost("https://h"), "h");
	is(urlhost("file:///x"), "file");
}

static void joins(void **state)
{
	(void)state;
	is(urljoin("http://h", "a/b"), "http://h/a/b");
	is(urljoin("http://h/d///", "a"), "http://h/d/a");
	is(urljoin("http://h", "c++_1.0~rc1-2.tar"), "http://h/c++_1.0~rc1-2.tar");
	is(urljoin("http://h", "a b%20?#\xc3\xa9"), "http://h/a%20b%2520%3F%23%C3%A9");
}

static void follows(void **state)
{
	(void)state;
	assert_true(urlredirect("http://a", "http://b"));
	assert_true(urlredirect("http://a", "https://b"));
	assert_true(urlredirect("https://a", "https://b"));
	assert_false(urlredirect("https://a", "http://b"));
	assert_false(urlredirect("HTTPS://a", "HTTP://b"));
	assert_false(urlredirect("http://a", "ftp://b"));
	assert_false(urlredirect("http://a", "file:///b"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checks),
		cmocka_unit_test(shows),
		cmocka_unit_test(joins),
		cmocka_unit_test(follows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
