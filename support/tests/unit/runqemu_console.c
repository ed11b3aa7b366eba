// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: what the console tells of the kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "runqemu/console.h"

static void feed(struct console *c, const char *text)
{
	consolefeed(c, text, strlen(text));
}

static void knows_a_panic(void **state)
{
	static const char *const before[] = {
		"",	   "[    0.123456] ", "[    0.1][    T1] ", "<0>[ 12.5] ",
		"login: ", "100%\r",	      "/ # \033[6n",	    "foo... [    0.123456] ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
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
	feed(&c, "# grep 'Kernel panic - not syncing: x'\n# Kernel panic: x\n");
	feed(&c, "echo 'reboot: System halted'\n# reboot: System halted is what it says\n");
	feed(&c, "Nov  1 01:02:03 host user.info kernel: reboot: System halted\n");
	feed(&c, "Nov  1 01:02:03 host kernel: [   12.345678] reboot: System halted\n");
	feed(&c, "Nov  1 01:02:03 host kernel: Kernel panic - not syncing: x\n");
	assert_true(c.seen);
	assert_null(c.panic);
	assert_false(c.halted);
	consolefree(&c);
}

static void knows_that_it_stopped(void **state)
{
	struct console c = { 0 };

	(void)state;
	feed(&c, "[    5.000000] reboot: Power down\r\n");
	assert_true(c.off);
	assert_false(c.halted || c.restarts);
	consolefree(&c);
	feed(&c, "[    5.000000] reboot: Restarting system\r\n");
	assert_true(c.restarts);
	assert_false(c.halted || c.off);
	consolefree(&c);
	feed(&c, "# reboot: Power down is what it says\n");
	feed(&c, "Nov  1 01:02:03 host kernel: reboot: Restarting system\n");
	assert_false(c.halted || c.off || c.restarts);
	consolefree(&c);
	feed(&c, "[    5.000000] reboot: Power off not available: System halted instead\n");
	assert_true(c.halted);
	consolefree(&c);
	feed(&c, "reboot: System halted\r\n");
	assert_true(c.halted);
	consolefree(&c);
	feed(&c, "The system is going down: reboot: System halted\r\n");
	assert_true(c.halted);
	consolefree(&c);
}

/* What is shown of it, at most count lines of the end. */
static void expect_shown(struct console *c, size_t count, const char *want)
{
	struct buf out = { 0 };

	consoleshow(c, count, &out);
	assert_string_equal(bufstr(&out), want);
	buffree(&out);
}

static void keeps_the_last_lines(void **state)
{
	struct console c = { 0 };

	(void)state;
	expect_shown(&c, 3, "");
	for (int i = 0; i < 20000; i++)
		feed(&c, "a line\n");
	feed(&c, "one\ntwo\r\nthree");
	expect_shown(&c, 3, "one\ntwo\nthree\n");
	assert_true(c.tail.len < 100000);
	consolefree(&c);
	feed(&c, "just one\n");
	expect_shown(&c, 3, "just one\n");
	consolefree(&c);
}

/* A report of lines many lines, behind a mark if there is to be one. */
static void feed_report(struct console *c, const char *first, int lines)
{
	char line[32];

	for (int i = 0; i < 100; i++)
		feed(c, "before\n");
	feed(c, first);
	for (int i = 1; i < lines; i++) {
		snprintf(line, sizeof(line), "line %d\n", i);
		feed(c, line);
	}
}

static void keeps_how_a_report_began(void **state)
{
	struct console c = { 0 };

	(void)state;
	feed_report(&c, "BUG: kernel NULL pointer dereference, address: 00\n", 5);
	expect_shown(&c, 3,
		     "BUG: kernel NULL pointer dereference, address: 00\nline 1\n"
		     "line 2\nline 3\nline 4\n");
	expect_shown(&c, 5,
		     "BUG: kernel NULL pointer dereference, address: 00\nline 1\n"
		     "line 2\nline 3\nline 4\n");
	expect_shown(&c, 6,
		     "before\nBUG: kernel NULL pointer dereference, address: 00\n"
		     "line 1\nline 2\nline 3\nline 4\n");
	consolefree(&c);
}

static void keeps_no_more_than_that(void **state)
{
	struct console c = { 0 };
	struct buf out = { 0 };
	char *gap;

	(void)state;
	feed_report(&c, "BUG: KASAN: use-after-free in f\n", 9000);
	consoleshow(&c, 2, &out);
	gap = strstr(bufstr(&out), "line 31\n[");
	assert_non_null(gap);
	assert_string_equal(gap, "line 31\n[... 8966 lines ...]\nline 8998\nline 8999\n");
	assert_ptr_equal(strstr(out.data, "BUG: KASAN"), out.data);
	buffree(&out);
	consolefree(&c);
}

/* The kernel's mark, and the reason, come before the line that tells of a warning. */
static void keeps_what_led_to_it(void **state)
{
	static const char report[] = "------------[ cut here ]------------\n"
				     "a reason\n"
				     "WARNING: CPU: 0 PID: 1 at x.c:1 f+0x1/0x2\n";
	struct console c = { 0 };
	struct buf out = { 0 };

	(void)state;
	feed(&c, report);
	feed_report(&c, report, 50);
	feed(&c, "Kernel panic - not syncing: kernel: panic_on_warn set ...\n");
	consoleshow(&c, 1, &out);
	assert_ptr_equal(strstr(bufstr(&out), report), out.data);
	assert_null(strstr(out.data, "before"));
	buffree(&out);
	consolefree(&c);
	/* another panic has nothing to do with it */
	feed_report(&c, report, 50);
	feed(&c, "Kernel panic - not syncing: x\nafter\n");
	expect_shown(&c, 1, "Kernel panic - not syncing: x\nafter\n");
	consolefree(&c);
}

/* Whoever reads our messages has a terminal, which the guest is not to talk to. */
static void shows_no_control_characters(void **state)
{
	struct console c = { 0 };

	(void)state;
	feed(&c, "a\033]0;title\a\rb\xff\n");
	feed(&c, "INFO: task \033[2J:42 blocked for more than 1 seconds.\n");
	feed(&c, "Kernel panic - not syncing: \033c\302\233x \303\251\n");
	assert_string_equal(c.troubleline,
			    "INFO: task \\x1b[2J:42 blocked for more than 1 seconds.");
	assert_string_equal(c.panic, "\\x1bc\\xc2\\x9bx \303\251");
	expect_shown(&c, 3,
		     "a\\x1b]0;title\\x07\\x0db\\xff\n"
		     "INFO: task \\x1b[2J:42 blocked for more than 1 seconds.\n"
		     "Kernel panic - not syncing: \\x1bc\\xc2\\x9bx \303\251\n");
	expect_shown(&c, 1,
		     "INFO: task \\x1b[2J:42 blocked for more than 1 seconds.\n"
		     "Kernel panic - not syncing: \\x1bc\\xc2\\x9bx \303\251\n");
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
	memset(data, '\033', sizeof(data));
	consolefeed(&c, data, sizeof(data));
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)(i % 2 ? ']' : '\033');
	consolefeed(&c, data, sizeof(data));
	assert_null(c.panic);
	consolefree(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_a_panic),
		cmocka_unit_test(knows_a_missing_init),
		cmocka_unit_test(is_not_fooled),
		cmocka_unit_test(knows_that_it_stopped),
		cmocka_unit_test(keeps_the_last_lines),
		cmocka_unit_test(keeps_how_a_report_began),
		cmocka_unit_test(keeps_no_more_than_that),
		cmocka_unit_test(keeps_what_led_to_it),
		cmocka_unit_test(shows_no_control_characters),
		cmocka_unit_test(survives_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
