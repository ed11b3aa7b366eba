// SPDX-License-Identifier: GPL-2.0-or-later
/* Which files a pattern names. What addresses cover is in support/tests/tools/decode.t. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "oops/covered.h"

static void patterns(void **state)
{
	static const struct {
		const char *path, *pattern;
		bool want;
	} row[] = {
		{ "kernel/fork.c", "kernel/fork.c", true },
		{ "kernel/fork.c", "fork.c", false },
		{ "kernel/fork.c", "kernel", true },
		{ "kernel/fork.c", "kernel/", true },
		{ "kernel/fork.c", "kern", false },
		{ "kernel/fork.c", "kernel/*.c", true },
		{ "kernel/fork.c", "kernel/*.h", false },
		{ "kernel/sched/core.c", "kernel/*.c", false },
		{ "kernel/sched/core.c", "kernel/*", true },
		{ "kernel/sched/core.c", "kernel/**.c", true },
		{ "kernel/sched/core.c", "**/core.c", true },
		{ "kernel/sched/core.c", "*/core.c", false },
		{ "kernel/sched/core.c", "*/sched", true },
		{ "kernel/fork.c", "kernel/f??k.c", true },
		{ "kernel/fork.c", "kernel?fork.c", false },
		{ "kernel/fork.c", "kernel/fork.c/", false },
		{ "kernel/fork.c", "**", true },
		{ "kernel/fork.c", "kernel/fork.c*", true },
		{ "", "*", true },
		{ "", "mm", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		print_message("# %s by %s\n", row[i].path, row[i].pattern);
		assert_int_equal(filefits(row[i].path, row[i].pattern), row[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(patterns) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
