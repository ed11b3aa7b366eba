// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: what --extract makes of an entry that lies in more directories than are allowed. */
#include "mkinitramfs/inspect/extract.h"
#include "scratch.h"

static void extracted(struct extraction *x, const char *name)
{
	const struct cpioentry e = { .head = { .mode = S_IFREG | 0644, .size = 1 },
				     .name = name,
				     .data = (const unsigned char *)"x" };

	assert_int_equal(extractentry(x, 0, &e), 0);
}

static void directories_are_counted(void **state)
{
	struct problems problems = { 0 };
	struct extraction x = { .problems = &problems,
				.notes = &problems,
				.bound = { .names = BOUND_NAMES - 200 } };
	struct stat st;

	(void)state;
	assert_int_equal(extractopen(&x, "dir"), 0);
	extracted(&x, "a/b/f");
	assert_int_equal(problems.count, 0);
	extracted(&x, "a/c/d/f");
	assert_int_equal(problems.count, 1);
	assert_string_equal(
		problems.text.item[0],
		"a/c/d/f: not extracted: the directories up to it, which no entry names, are too many");
	extracted(&x, "a/b/g");
	assert_int_equal(problems.count, 1);
	extractclose(&x);
	holds("dir/a/b/f", "x");
	holds("dir/a/b/g", "x");
	assert_int_equal(lstat("dir/a/c/d", &st), -1);
	problemfree(&problems);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(directories_are_counted),
	};

	return cmocka_run_group_tests(tests, scratchmake, scratchremove);
}
