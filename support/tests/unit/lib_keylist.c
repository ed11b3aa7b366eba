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
	struct thing *package;
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

/* Read text; the message, which the caller frees, or NULL. */
static char *readtext(struct thing *t, const char *text)
{
	const struct keylist l = { .whole = keys, .into = t };
	char *why;
	int ret;

	put("list", text);
	ret = keylistread(&l, "list", &why);
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
		{ "\nother x", ":2: other: unknown key" },
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

/* A thing has at most one package. */
static void *begin(void *into, const char *name)
{
	struct thing *t = into;

	if (t->package)
		return NULL;
	t->package = xcalloc(1, sizeof(*t));
	t->package->name = xstrdup(name);
	return t->package;
}

static void packages(void **state)
{
	static const struct key whole[] = { { "word", KEY_WORDS, offsetof(struct thing, word) },
					    { NULL, KEY_STRING, 0 } };
	static const struct {
		const char *text, *why;
	} row[] = {
		{ "word a\npackage x y\nline 1\nword b\n", NULL },
		{ "line 1\n",
		  ":1: line: unknown key, or one of a package: begin with 'package NAME'" },
		{ "package x\nother 1\n", ":2: other: unknown key" },
		{ "package x\npackage x\n", ":2: package: this package is listed twice" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct thing t = { 0 };
		const struct keylist l = { whole, &t, keys, begin };
		char *text = xstrdup(row[i].text), *why;
		int ret = keylistparse(&l, "list", text, &why);

		assert_int_equal(ret, row[i].why ? -1 : 0);
		if (row[i].why) {
			assert_non_null(strstr(why, row[i].why));
		} else {
			assert_int_equal(t.word.len, 2); /* a key of the whole list stays one */
			assert_string_equal(t.package->name, "x y");
			assert_int_equal(t.package->line.len, 1);
		}
		if (t.package)
			keysfree(keys, t.package);
		free(t.package);
		keysfree(keys, &t);
		free(text);
		free(why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(refuses),
		cmocka_unit_test(packages),
	};

	return cmocka_run_group_tests(tests, scratchmake, scratchremove);
}
