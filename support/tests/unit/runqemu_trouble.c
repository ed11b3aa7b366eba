// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: lines by which a kernel tells that it is not well. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "runqemu/console.h"
#include "runqemu/trouble.h"

static const struct {
	const char *line;
	enum trouble is;
} lines[] = {
	{ "BUG: kernel NULL pointer dereference, address: 0000000000000000", TROUBLE_OOPS },
	{ "BUG: unable to handle page fault for address: ffffffffdeadbeef", TROUBLE_OOPS },
	{ "BUG: KASAN: slab-out-of-bounds in lkdtm_SLAB+0x1/0x2", TROUBLE_OOPS },
	{ "BUG: sleeping function called from invalid context at mm/slab.h:1", TROUBLE_OOPS },
	{ "BUG: scheduling while atomic: swapper/0/1/0x00000002", TROUBLE_OOPS },
	{ "BUG kmalloc-64 (Not tainted): Right Redzone overwritten", TROUBLE_OOPS },
	{ "Oops: 0002 [#1] PREEMPT SMP", TROUBLE_OOPS },
	{ "Oops: general protection fault, probably for non-canonical address", TROUBLE_OOPS },
	{ "Oops - BUG: 00000000f2000800 [#1] SMP", TROUBLE_OOPS },
	{ "Internal error: Oops: 0000000096000045 [#1] SMP", TROUBLE_OOPS },
	{ "Unable to handle kernel NULL pointer dereference at virtual address 0", TROUBLE_OOPS },
	{ "kernel BUG at drivers/misc/lkdtm/bugs.c:105!", TROUBLE_OOPS },
	{ "general protection fault, probably for non-canonical address", TROUBLE_OOPS },
	{ "invalid opcode: 0000 [#1] PREEMPT SMP", TROUBLE_OOPS },
	{ "watchdog: BUG: soft lockup - CPU#0 stuck for 23s! [sh:1]", TROUBLE_LOCKUP },
	{ "BUG: soft lockup - CPU#0 stuck for 23s! [sh:1]", TROUBLE_LOCKUP },
	{ "BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0", TROUBLE_LOCKUP },
	{ "NMI watchdog: Watchdog detected hard LOCKUP on cpu 0", TROUBLE_LOCKUP },
	{ "watchdog: CPU3: Watchdog detected hard LOCKUP on cpu 3", TROUBLE_LOCKUP },
	{ "rcu: INFO: rcu_preempt self-detected stall on CPU", TROUBLE_LOCKUP },
	{ "INFO: rcu_sched detected stalls on CPUs/tasks:", TROUBLE_LOCKUP },
	{ "INFO: task sh:42 blocked for more than 122 seconds.", TROUBLE_HUNG },
	{ "INFO: task dd:42 blocked in I/O wait for more than 122 seconds.", TROUBLE_HUNG },
	{ "WARNING: CPU: 0 PID: 1 at kernel/x.c:1 f+0x1/0x2", TROUBLE_WARNING },
	{ "WARNING: kernel/x.c:1 at f+0x1/0x2, CPU#0: swapper/0/1", TROUBLE_WARNING },
	{ "WARNING: possible circular locking dependency detected", TROUBLE_WARNING },
	{ "UBSAN: shift-out-of-bounds in kernel/x.c:1:2", TROUBLE_WARNING },
	{ "", TROUBLE_NONE },
	{ "Linux version 6.12.95", TROUBLE_NONE },
	{ "a BUG: in the middle", TROUBLE_NONE },
	{ "BUG report addresses follow", TROUBLE_NONE },
	{ "INFO: task list", TROUBLE_NONE },
	{ "INFO: rcu is fine", TROUBLE_NONE },
	{ "traps: sh[1] general protection fault ip:1 sp:2 error:0", TROUBLE_NONE },
	{ "CPU0: Intel", TROUBLE_NONE },
	{ "watchdog: disabled", TROUBLE_NONE },
};

static void knows_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (troubleof(lines[i].line) != lines[i].is)
			fail_msg("'%s' is taken for %s", lines[i].line,
				 troublewords(troubleof(lines[i].line)));
}

static void feed(struct console *c, const char *text)
{
	consolefeed(c, text, strlen(text));
}

static void keeps_the_first(void **state)
{
	struct console c = { 0 };

	(void)state;
	feed(&c, "[    1.000000] WARNING: CPU: 0 PID: 1 at a.c:1 f+0x1/0x2\r\n");
	assert_int_equal(c.trouble, TROUBLE_NONE);
	assert_null(c.troubleline);
	feed(&c, "<4>[    2.000000][    T1] WARNING: CPU: 0 PID: 1 at b.c:1 f+0x1/0x2\r\n");
	feed(&c, "[    3.000000] BUG: kernel NULL pointer dereference, address: 00\r\n");
	feed(&c, "[    3.000001] Oops: 0002 [#1] SMP\r\n");
	feed(&c, "[   30.000000] watchdog: BUG: soft lockup - CPU#0 stuck for 23s! [sh:1]\r\n");
	assert_int_equal(c.warnings, 2);
	assert_int_equal(c.trouble, TROUBLE_OOPS);
	assert_string_equal(c.troubleline, "BUG: kernel NULL pointer dereference, address: 00");
	assert_null(c.panic);
	consolefree(&c);
}

static void has_names(void **state)
{
	(void)state;
	assert_string_equal(troublename(TROUBLE_OOPS), "oops");
	assert_string_equal(troublename(TROUBLE_HUNG), "hung task");
	assert_string_equal(troublename(TROUBLE_LOCKUP), "lockup");
	assert_string_equal(troublewords(TROUBLE_LOCKUP), "a lockup");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_lines),
		cmocka_unit_test(keeps_the_first),
		cmocka_unit_test(has_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
