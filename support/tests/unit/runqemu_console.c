// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: what the console tells of the kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "runqemu/console.h"

static void feed(struct console *c, const char *text)
{
	consolefeed(c, text, strlen(text));
}

static void knows_a_panic(void **state)
{
	static const char *const before[] = { "", "[    0.123456] ", "[    0.1][    T1] ",
					      "<0>[ 12.5] " };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct console c = { 0 };

		feed(&c, "sysrq: Trigger a crash\r\n");
		feed(&c, before[i]);
		feed(&c, "Kernel panic - not syncing: sysrq trig");
		assert_null(c.panic);
		feed(&c, "gered crash\r\nKernel panic - not syncing: again\r\n");
		assert_non_null(c.panic);
		assert_string_equal(c.panic, "sysrq triggered crash");
		assert_false(c.noinit);
		consolefree(&c);
	}
}

static void knows_a_missing_init(void **state)
{
	static const char *const why[] = {
		"VFS: Unable to mount root fs on unknown-block(0,0)",
		"VFS: Unable to mount root fs on \"/dev/vda\" or unknown-block(0,0)",
		"No working init found.  Try passing init= option to kernel.",
		"Requested init /none failed (error -2).",
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct console c = { 0 };

		feed(&c, "Kernel panic - not syncing: ");
		feed(&c, why[i]);
		feed(&c, "\n");
		assert_true(c.noinit);
		assert_string_equal(c.panic, why[i]);
		consolefree(&c);
	}
}

static void is_not_fooled(void **state)
{
	struct console c = { 0 };

	(void)state;
	assert_false(c.seen);
	feed(&c, "# grep 'Kernel panic - not syncing: x'\n> Kernel panic - not syncing: x\n");
	feed(&c, "echo reboot: System halted\n[ x] reboot: System halted\n");
	assert_true(c.seen);
	assert_null(c.panic);
	assert_false(c.halted);
	consolefree(&c);
}

static void knows_that_it_stopped(void **state)
{
	struct console c = { 0 };

	(void)state;
	feed(&c, "[    5.000000] reboot: Power off not available: System halted instead\n");
	assert_true(c.halted);
	consolefree(&c);
	feed(&c, "reboot: System halted\r\n");
	assert_true(c.halted);
	consolefree(&c);
}

static void keeps_the_last_lines(void **state)
{
	struct console c = { 0 };

	(void)state;
	assert_string_equal(consoletail(&c, 3), "");
	for (int i = 0; i < 20000; i++)
		feed(&c, "a line\n");
	feed(&c, "one\ntwo\r\nthree");
	assert_string_equal(consoletail(&c, 3), "one\ntwo\nthree\n");
	assert_true(c.tail.len < 100000);
	consolefree(&c);
	feed(&c, "just one\n");
	assert_string_equal(consoletail(&c, 3), "just one\n");
	consolefree(&c);
}

static void survives_any_bytes(void **state)
{
	struct console c = { 0 };
	char data[9000];

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)(i % 9);
	consolefeed(&c, data, sizeof(data));
	memset(data, 0, sizeof(data));
	consolefeed(&c, data, sizeof(data));
	memset(data, '[', sizeof(data));
	consolefeed(&c, data, sizeof(data));
	assert_null(c.panic);
	consolefree(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_a_panic),	cmocka_unit_test(knows_a_missing_init),
		cmocka_unit_test(is_not_fooled),	cmocka_unit_test(knows_that_it_stopped),
		cmocka_unit_test(keeps_the_last_lines), cmocka_unit_test(survives_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
