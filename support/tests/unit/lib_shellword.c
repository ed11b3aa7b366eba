// SPDX-License-Identifier: GPL-2.0-or-later
/* Words of a shell: written, and read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/shellword.h"

static void writes(void **state)
{
	static const char *const row[][2] = {
		{ "plain-1.0", "plain-1.0" },
		{ "", "''" },
		{ "two words", "'two words'" },
		{ "it's", "'it'\\''s'" },
		{ "$x", "'$x'" },
		{ "a\\b", "'a\\b'" },
		{ "*", "'*'" },
		{ "~", "'~'" },
		{ "\xc3\xa4", "'\xc3\xa4'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct buf out = { 0 }, word = { 0 };
		const char *text;

		shellword(&out, row[i][0]);
		assert_string_equal(bufstr(&out), row[i][1]);
		text = bufstr(&out);
		assert_int_equal(shellwordnext(&text, &word, false), 1);
		assert_string_equal(word.data, row[i][0]);
		assert_int_equal(shellwordnext(&text, &word, false), 0);
		buffree(&out);
		buffree(&word);
	}
}

static void quotes(void **state)
{
	struct buf out = { 0 };

	(void)state;
	shellquoted(&out, "a $b `c` \"d\" \\ 'e'");
	assert_string_equal(bufstr(&out), "a \\$b \\`c\\` \\\"d\\\" \\\\ 'e'");
	buffree(&out);
}

/* The words of text, each in brackets, and what came last. */
static void reads(const char *text, bool everywhere, const char *want, int last)
{
	struct buf out = { 0 }, word = { 0 };
	int got;

	while ((got = shellwordnext(&text, &word, everywhere)) > 0)
		bufprintf(&out, "[%s]", word.data);
	if (got < 0)
		bufprintf(&out, "<%s>", word.data);
	assert_string_equal(bufstr(&out), want);
	assert_int_equal(got, last);
	buffree(&out);
	buffree(&word);
}

static void words(void **state)
{
	(void)state;
	reads("", false, "", 0);
	reads(" \t\n", false, "", 0);
	reads(" a\tb\r\nc ", false, "[a][b][c]", 0);
	reads("A='b c' \"d 'e'\"f ''", false, "[A=b c][d 'e'f][]", 0);
	reads("a\\ b \"c\\\"d\" e\\", false, "[a b][c\"d][e\\]", 0);
	reads("'a\\' b", false, "[a\\][b]", 0);
	reads("'a\\' b'", true, "[a' b]", 0);
	reads("a 'b c", false, "[a]<b c>", -1);
	reads("'", false, "<>", -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes),
		cmocka_unit_test(quotes),
		cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
