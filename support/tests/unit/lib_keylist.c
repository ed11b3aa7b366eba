// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of keys and values. */
#include <stdlib.h>
#include <string.h>

#include "base/keylist.h"
#include "base/pairs.h"
#include "scratch.h"

struct thing {
	char *name;
	struct strlist line, word, digest;
	struct pairs file, set;
};

static const struct key keys[] = {
	{ "name", KEY_STRING, offsetof(struct thing, name) },
	{ "line", KEY_LIST, offsetof(struct thing, line) },
	{ "word", KEY_WORDS, offsetof(struct thing, word) },
	{ "digest", KEY_DIGESTS, offsetof(struct thing, digest) },
	{ "file", KEY_PAIRS, offsetof(struct thing, file) },
	{ "set", KEY_SETTINGS, offsetof(struct thing, set) },
	{ NULL, KEY_STRING, 0 },
};

static const char *putline(void *context, const char *key, char *value)
{
	bool known;
	const char *bad = keyput(keys, context, key, value, &known);

	return known ? bad : "unknown";
}

/* Read text; the message, which the caller frees, or NULL. */
static char *readtext(struct thing *t, const char *text)
{
	char *why;
	int ret;

	put("list", text);
	ret = keylistread("list", putline, t, &why);
	assert_int_equal(ret, why ? -1 : 0);
	return why;
}

static void reads(void **state)
{
	struct thing t = { 0 };

	(void)state;
	assert_null(readtext(
		&t, "name a b\n\nline one two\nline three\nword  x   y \nword z\nfile n p q\n"
		    "set only\nset n v\nname\nline \n"));
	assert_string_equal(t.name, "a b");
	assert_int_equal(t.line.len, 2);
	assert_string_equal(t.line.item[0], "one two");
	assert_int_equal(t.word.len, 3);
	assert_string_equal(pairfind(&t.file, "n"), "p q");
	assert_string_equal(pairfind(&t.set, "only"), "");
	assert_string_equal(pairfind(&t.set, "n"), "v");
	assert_null(pairfind(&t.set, "x"));
	keysfree(keys, &t);
}

static void refuses(void **state)
{
	static const char *const wrong[][2] = {
		{ "name a\nname b", ":2: name: it has this key already" },
		{ "digest 12", ":1: digest: not a sha256" },
		{ "file n", ":1: file: it wants NAME PATH" },
		{ "\nother x", ":2: other: unknown" },
		{ "name a\033b", ":1: name: a control character" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct thing t = { 0 };
		char *why = readtext(&t, wrong[i][0]);

		assert_non_null(why);
		assert_non_null(strstr(why, wrong[i][1]));
		free(why);
		keysfree(keys, &t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests(tests, scratchmake, scratchremove);
}
