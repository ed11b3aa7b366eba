// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: the words of a line and their quotes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "mkinitramfs/tree/word.h"

/* The words of line, each in brackets, "quoted" ones with a mark; or "error: ...". */
static char *split(const char *line, bool expand)
{
	struct words w = { .p = line };
	struct buf out = { 0 };
	char *word;

	while ((word = wordnext(&w, expand))) {
		bufprintf(&out, "%s[%s]", w.quoted ? "q" : "", word);
		free(word);
	}
	if (w.reason.len) {
		bufclear(&out);
		bufprintf(&out, "error: %s", bufstr(&w.reason));
	}
	buffree(&w.reason);
	return bufsteal(&out);
}

static void splits(const char *line, const char *want)
{
	char *got = split(line, false);

	assert_string_equal(got, want);
	free(got);
}

static void plain_words(void **state)
{
	(void)state;
	splits("", "");
	splits(" \t\r\n", "");
	splits("a", "[a]");
	splits("  dir\t/x  0755 ", "[dir][/x][0755]");
	splits("a\\b c\"d ${X} #e", "[a\\b][c\"d][${X}][#e]");
}

static void quoted_words(void **state)
{
	(void)state;
	splits("\"a b\" c", "q[a b][c]");
	splits("\"\" \"#\"", "q[]q[#]");
	splits("\"\\\"\\\\\\n\\t\\$\\101\\303\\251\"", "q[\"\\\n\t$A\303\251]");
}

static void bad_words(void **state)
{
	static const char escape[] =
		"error: unknown escape in a quoted string: use \\\" \\\\ \\n \\t \\$ or \\ooo";
	(void)state;
	splits("a \"b", "error: a double quote is not closed");
	splits("\"b\\\"", "error: a double quote is not closed");
	splits("\"b\"c", "error: text follows a closing double quote: put a space between");
	splits("\"\\x\"", escape);
	splits("\"\\000\"", escape);
	splits("\"\\777\"", escape);
	splits("\"\\12\"", escape);
	splits("\"\\", escape);
}

static void expands(const char *line, const char *want)
{
	char *got = split(line, true);

	assert_string_equal(got, want);
	free(got);
}

static void variables(void **state)
{
	(void)state;
	setenv("WORD_A", "a b", 1);
	setenv("WORD_B", "${WORD_A}", 1);
	unsetenv("WORD_C");
	expands("x${WORD_A}y \"${WORD_A}\"", "[xa by]q[a b]");
	expands("${WORD_B}", "[a b]"); /* what is in a value is replaced as well */
	setenv("WORD_D", "x${WORD_D}", 1);
	expands("${WORD_D}", "error: ${WORD_D} leads back to itself: write the path out");
	expands("\"\\${WORD_A}\" ${WORD_A $WORD_A", "q[${WORD_A}][${WORD_A][$WORD_A]");
	expands("/${WORD_C}/x", "error: ${WORD_C} is not set: export it, or write the path out");
}

static void quotes(const char *s, const char *want)
{
	struct buf out = { 0 };
	struct words w = { 0 };
	char *back;

	wordquote(&out, s);
	assert_string_equal(bufstr(&out), want);
	w.p = out.data;
	back = wordnext(&w, false);
	assert_string_equal(back, s);
	free(back);
	buffree(&out);
}

static void quoting(void **state)
{
	(void)state;
	quotes("/bin/sh", "/bin/sh");
	quotes("a\\b\"$#", "a\\b\"$#");
	quotes("\303\251", "\303\251");
	quotes("", "\"\"");
	quotes("a b", "\"a b\"");
	quotes("\"a", "\"\\\"a\"");
	quotes("a\n\t\001\177\\", "\"a\\n\\t\\001\\177\\\\\"");
}

static void every_byte_comes_back(void **state)
{
	(void)state;
	for (int c = 1; c < 256; c++) {
		const char s[] = { (char)c, 'x', (char)c, '\0' };
		struct words w = { 0 };
		struct buf out = { 0 };
		char *back;

		wordquote(&out, s);
		w.p = out.data;
		back = wordnext(&w, false);
		assert_string_equal(back, s);
		free(back);
		buffree(&out);
	}
}

static void sources(void **state)
{
	struct buf out = { 0 };

	(void)state;
	wordquotesource(&out, "${ROOT}", "a/b");
	bufputc(&out, '|');
	wordquotesource(&out, "${ROOT}", "${HOME}");
	bufputc(&out, '|');
	wordquotesource(&out, "", "a b");
	assert_string_equal(bufstr(&out), "${ROOT}/a/b|\"${ROOT}/\\${HOME}\"|\"a b\"");
	buffree(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words), cmocka_unit_test(quoted_words),
		cmocka_unit_test(bad_words),   cmocka_unit_test(variables),
		cmocka_unit_test(quoting),     cmocka_unit_test(every_byte_comes_back),
		cmocka_unit_test(sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
