// SPDX-License-Identifier: GPL-2.0-or-later
/* The list of files: what is read from it, and what is refused where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../fuzz/fetchlist.c"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void parses(void **state)
{
	static const char text[] = "# a comment\r\n"
				   "file a/b+c.tar  \n"
				   "\tsha256   " A "\n"
				   "sha256 " B "\n"
				   "url http://h/1\n"
				   "url ftp://h/2\n"
				   "pool a/b/c.tar\n"
				   "\n"
				   "file with space\n"
				   "sha256 " B;
	struct entries l = { 0 };
	char *error;

	(void)state;
	assert_int_equal(entriesparse("list", text, sizeof(text) - 1, &l, &error), 0);
	assert_null(error);
	assert_int_equal(l.len, 2);
	assert_string_equal(l.item[0].path, "a/b+c.tar");
	assert_int_equal(l.item[0].line, 2);
	assert_int_equal(l.item[0].sums.len, 2);
	assert_int_equal(l.item[0].urls.len, 2);
	assert_string_equal(l.item[0].urls.item[1], "ftp://h/2");
	assert_string_equal(l.item[0].pools.item[0], "a/b/c.tar");
	assert_true(entryaccepts(&l.item[0], A));
	assert_true(entryaccepts(&l.item[0], B));
	assert_string_equal(l.item[1].path, "with space");
	assert_false(entryaccepts(&l.item[1], A));
	entriesfree(&l);
}

static void mergessame(void **state)
{
	static const char text[] = "file x\nsha256 " A "\nsha256 " B "\nurl http://h/1\n"
				   "file y\nsha256 " A "\n"
				   "file x\nsha256 " B "\nsha256 " A "\nurl http://h/2\n";
	struct entries l = { 0 };
	char *error;

	(void)state;
	assert_int_equal(entriesparse("list", text, sizeof(text) - 1, &l, &error), 0);
	assert_int_equal(l.len, 2);
	assert_string_equal(l.item[0].urls.item[0], "http://h/1");
	entriesfree(&l);
}

static void refuses(const char *text, size_t len, const char *want)
{
	struct entries l = { 0 };
	char *error;

	assert_int_equal(entriesparse("L", text, len, &l, &error), -1);
	assert_string_equal(error, want);
	free(error);
	entriesfree(&l);
}

static void tellserrors(void **state)
{
	static const struct {
		const char *text, *want;
	} bad[] = {
		{ "file", "L:1: this file is empty" },
		{ "file a//b",
		  "L:1: this file must be relative, without empty parts, '.' and '..'" },
		{ "file a/.",
		  "L:1: this file must be relative, without empty parts, '.' and '..'" },
		{ "file ../a",
		  "L:1: this file must be relative, without empty parts, '.' and '..'" },
		{ "file a/", "L:1: this file must be relative, without empty parts, '.' and '..'" },
		{ "file a\\b",
		  "L:1: this file has a backslash, a control character or invalid UTF-8" },
		{ "file a.part", "L:1: this file must not end in .part, .lock or .damaged" },
		{ "file SHA256SUMS", "L:1: this file is reserved for the list of digests" },
		{ "\nsha256 " A, "L:2: 'sha256' before the first 'file'" },
		{ "file a\nsha256 " A "a", "L:2: this sha256 is not 64 lower-case hex digits" },
		{ "file a\nsha256", "L:2: this sha256 is not 64 lower-case hex digits" },
		{ "file a\nsha256 " A "\npool /x",
		  "L:3: this pool must be relative, without empty parts, '.' and '..'" },
		{ "file a\nsha256 " A "\nurl http:///x", "L:3: this url has no host" },
		{ "file a\nmd5 1", "L:2: unknown word 'md5': expected file, sha256, url or pool" },
		{ "file a\n\nfile b\n",
		  "L:1: file a has no sha256: nothing is fetched unverified" },
		{ "file a\nsha256 " A "\nfile a\nsha256 " B,
		  "L:3: file a is also at line 1, with other digests" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		refuses(bad[i].text, strlen(bad[i].text), bad[i].want);
	refuses("file a\0b", 8, "L:1: NUL byte: not a text file");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),
		cmocka_unit_test(mergessame),
		cmocka_unit_test(tellserrors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
