// SPDX-License-Identifier: GPL-2.0-or-later
/* Titles of reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "oops/title.h"

#define COUNT(table) (sizeof(table) / sizeof(*(table)))
#define STACK                                                                                      \
	"Call Trace:\n <TASK>\n dump_stack_lvl+0x1/0x2\n foo+0x1/0x2\n bar+0x1/0x2\n </TASK>\n"
#define RIP "RIP: 0010:foo+0x1/0x2\n"

/* A log, and the title of its first report; NULL: there is none. */
struct told {
	const char *log, *title;
};

static const struct told logs[] = {
	{ "BUG: kernel NULL pointer dereference, address: 0000000000000008\n" RIP STACK,
	  "BUG: unable to handle kernel NULL pointer dereference in foo" },
	{ "BUG: unable to handle page fault for address: ffffc90000000000\n" RIP,
	  "BUG: unable to handle kernel paging request in foo" },
	{ "Unable to handle kernel paging request at virtual address dead000000000108\npc : foo+0x1/0x2\n",
	  "BUG: unable to handle kernel paging request in foo" },
	{ "Unable to handle kernel NULL pointer dereference at virtual address 00000000\nPC is at foo+0x1/0x2\n",
	  "BUG: unable to handle kernel NULL pointer dereference in foo" },
	{ "Oops: general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP\n" RIP,
	  "general protection fault in foo" },
	{ "general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP\n" RIP,
	  "general protection fault in foo" },
	{ "Oops: divide error: 0000 [#1] SMP\n" RIP, "divide error in foo" },
	{ "Oops: invalid opcode: 0000 [#1] SMP\n" RIP, "invalid opcode in foo" },
	{ "Oops: int3: 0000 [#1] SMP\n" RIP, "int3 in foo" },
	{ "Oops: stack segment: 0000 [#1] SMP\n" RIP, "stack segment fault in foo" },
	{ "Oops: double fault: 0000 [#1] SMP\n" RIP, "PANIC: double fault in foo" },
	{ "PANIC: double fault, error_code: 0x0\n" RIP, "PANIC: double fault in foo" },
	{ "traps: PANIC: double fault, error_code: 0x0\n" RIP, "PANIC: double fault in foo" },
	{ "BUG: TASK stack guard page was hit at 0 (stack is 0..1)\nRIP: 0010:memset+0x1/0x2\nCall Trace:\n"
	  " foo+0x1/0x2\n bar+0x1/0x2\n do_syscall_64+0x1/0x2\n",
	  "BUG: stack guard page was hit in bar" },
	{ "Kernel panic - not syncing: corrupted stack end detected inside scheduler\nCall Trace:\n"
	  " schedule+0x1/0x2\n foo+0x1/0x2\n do_syscall_64+0x1/0x2\n",
	  "kernel panic: corrupted stack end in foo" },
	{ "Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: foo+0x1/0x2\n",
	  "kernel panic: stack is corrupted in foo" },
	{ "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009\n",
	  "kernel panic: Attempted to kill init!" },
	{ "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n",
	  "kernel panic: VFS: Unable to mount root fs on unknown-block(NUM,NUM)" },
	/* Checkers. */
	{ "BUG: KASAN: slab-use-after-free in memcpy+0x1/0x2\nRead of size 8 at addr ffff888000000000 by task a/1\n" STACK,
	  "KASAN: slab-use-after-free Read in foo" },
	{ "BUG: KASAN: slab-out-of-bounds in foo+0x1/0x2\nWrite of size 1 at addr ffff888000000000 by task a/1\n",
	  "KASAN: slab-out-of-bounds Write in foo" },
	{ "BUG: KASAN: double-free in kfree+0x1/0x2\n" STACK, "KASAN: invalid-free in foo" },
	{ "BUG: KASAN: use-after-free in foo+0x1/0x2\n",
	  "KASAN: use-after-free in foo" }, /* cut off */
	{ "BUG: KMSAN: uninit-value in foo+0x1/0x2\n foo+0x1/0x2\nUninit was created at:\n bar+0x1/0x2\n",
	  "KMSAN: uninit-value in foo" },
	{ "BUG: KCSAN: data-race in foo+0x1/0x2 / bar+0x3/0x4\n", "KCSAN: data-race in foo / bar" },
	{ "BUG: KFENCE: use-after-free read in foo+0x1/0x2\n foo+0x1/0x2\n",
	  "KFENCE: use-after-free read in foo" },
	{ "BUG: KFENCE: memory corruption in foo+0x1/0x2\n foo+0x1/0x2\n",
	  "KFENCE: memory corruption in foo" },
	{ "UBSAN: array-index-out-of-bounds in a/b.c:12:34\n" STACK,
	  "UBSAN: array-index-out-of-bounds in foo" },
	{ "UBSAN: shift-out-of-bounds in a/b.c:12:34\n" STACK,
	  "UBSAN: shift-out-of-bounds in foo" },
	{ "kmemleak: unreferenced object 0xffff888000000000 (size 64):\n  backtrace (crc 12345678):\n"
	  "    kmalloc_trace+0x1/0x2\n    foo+0x1/0x2\n",
	  "memory leak in foo" },
	/* lockdep and RCU. */
	{ "WARNING: possible circular locking dependency detected\na/1 is trying to acquire lock:\n"
	  "00 (&a){+.+.}-{3:3}, at: foo+0x1/0x2\nbut task is already holding lock:\n"
	  "11 (&b){+.+.}-{3:3}, at: bar+0x1/0x2\n",
	  "possible deadlock in foo" },
	{ "WARNING: possible recursive locking detected\na/1 is trying to acquire lock:\n"
	  "00 (&a){+.+.}-{3:3}, at: foo+0x1/0x2\n",
	  "possible deadlock in foo" },
	{ "WARNING: inconsistent lock state\n" STACK, "inconsistent lock state in foo" },
	{ "WARNING: bad unlock balance detected!\na/1 is trying to release lock (&a) at:\n"
	  "[<ffffffff81012345>] foo+0x1/0x2\n" STACK,
	  "WARNING: bad unlock balance in foo" },
	{ "WARNING: suspicious RCU usage\na/b.c:1 suspicious rcu_dereference_check() usage!\n" STACK,
	  "WARNING: suspicious RCU usage in foo" },
	{ "INFO: trying to register non-static key.\n" STACK,
	  "INFO: trying to register non-static key in foo" },
	{ "rcu: INFO: rcu_preempt self-detected stall on CPU\nRIP: 0010:foo+0x1/0x2\n asm_sysvec_apic_timer_interrupt+0x1/0x2\n"
	  "RIP: 0010:foo+0x1/0x2\n bar+0x1/0x2\n vfs_write+0x1/0x2\n",
	  "INFO: rcu detected stall in bar" },
	/* Tasks. */
	{ "INFO: task a:1 blocked for more than 122 seconds.\nCall Trace:\n __schedule+0x1/0x2\n schedule+0x1/0x2\n"
	  " mutex_lock+0x1/0x2\n foo+0x1/0x2\n",
	  "INFO: task hung in foo" },
	{ "INFO: task a:1 blocked for more than 122 seconds.\nCall Trace:\n schedule+0x1/0x2\n"
	  " synchronize_net+0x1/0x2\n foo+0x1/0x2\n",
	  "INFO: task hung in synchronize_rcu" },
	{ "watchdog: BUG: soft lockup - CPU#0 stuck for 23s! [a:1]\n" RIP
	  "Call Trace:\n bar+0x1/0x2\n vfs_read+0x1/0x2\n",
	  "BUG: soft lockup in bar" },
	{ "BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 31s!\n",
	  "BUG: workqueue lockup" },
	{ "BUG: scheduling while atomic: a/1/0x00000002\nCall Trace:\n __schedule_bug+0x1/0x2\n foo+0x1/0x2\n",
	  "BUG: scheduling while atomic in foo" },
	{ "BUG: sleeping function called from invalid context at a/b.c:1\n" STACK,
	  "BUG: sleeping function called from invalid context in foo" },
	{ "BUG: using smp_processor_id() in preemptible [00000000] code: a/1\n" STACK,
	  "BUG: using smp_processor_id() in preemptible code in foo" },
	{ "BUG: spinlock bad magic on CPU#0, a/1\nCall Trace:\n do_raw_spin_lock+0x1/0x2\n foo+0x1/0x2\n",
	  "BUG: spinlock bad magic in foo" },
	/* BUG and WARNING. */
	{ "kernel BUG at a/b.c:1!\n" RIP, "kernel BUG in foo" },
	{ "list_del corruption, 1->next is LIST_POISON1 (2)\nkernel BUG at lib/list_debug.c:56!\n"
	  "RIP: 0010:__list_del_entry_valid+0x1/0x2\n" STACK,
	  "BUG: corrupted list in foo" },
	{ "WARNING: CPU: 0 PID: 1 at a/b.c:1 foo+0x1/0x2\n" RIP, "WARNING in foo" },
	{ "WARNING: a/b.c:1 at foo+0x1/0x2, CPU#0: a/1\n" RIP, "WARNING in foo" },
	{ "WARNING: CPU: 0 PID: 1 at lib/refcount.c:28 refcount_warn_saturate+0x1/0x2\n"
	  "RIP: 0010:refcount_warn_saturate+0x1/0x2\n" STACK,
	  "WARNING: refcount bug in foo" },
	{ "WARNING: CPU: 0 PID: 1 at lib/debugobjects.c:1 debug_print_object+0x1/0x2\n"
	  "RIP: 0010:debug_print_object+0x1/0x2\n" STACK,
	  "WARNING: ODEBUG bug in foo" },
	{ "BUG: Bad page state in process a  pfn:00001\npage last allocated via order 0\n get_page_from_freelist+0x1/0x2\n"
	  " foo+0x1/0x2\n",
	  "BUG: Bad page state in foo" },
	{ "FAULT_INJECTION: forcing a failure.\nname failslab, interval 1\nCall Trace:\n dump_stack_lvl+0x1/0x2\n"
	  " should_fail_ex+0x1/0x2\n should_failslab+0x1/0x2\n kmem_cache_alloc+0x1/0x2\n foo+0x1/0x2\n",
	  "fault injection in foo" },
	{ "unregister_netdevice: waiting for lo to become free. Usage count = 2\n",
	  "unregister_netdevice: waiting for DEV to become free" },
	/* System calls have no prefix, whatever the architecture. */
	{ "kernel BUG at a/b.c:1!\nRIP: 0010:__x64_sys_foo+0x1/0x2\n", "kernel BUG in sys_foo" },
	{ "kernel BUG at a/b.c:1!\nRIP: 0010:__do_sys_foo+0x1/0x2\n", "kernel BUG in foo" },
	/* What another caller says, or is doubtful, does not count. */
	{ "[    1.000000][    T1] BUG: sleeping function called from invalid context at a/b.c:1\n"
	  "[    1.000001][    T2] Call Trace:\n[    1.000001][    T2]  other+0x1/0x2\n"
	  "[    1.000002][    T1] Call Trace:\n[    1.000003][    T1]  ? doubtful+0x1/0x2\n"
	  "[    1.000004][    T1]  foo+0x1/0x2\n",
	  "BUG: sleeping function called from invalid context in foo" },
	/* Nothing, or not all. */
	{ "kernel BUG at a/b.c:1!\n", "kernel BUG in corrupted" },
	{ "WARNING: kernel not compiled with CPU_SRSO\n", NULL },
	{ "foo+0x1/0x2\n", NULL },
	{ "", NULL },
};

static char *first(const char *text)
{
	struct klog log = { 0 };
	char *title = NULL;

	klogadd(&log, text, strlen(text));
	for (size_t i = 0; i < log.len && !title; i++) {
		const char *at;
		const struct kind *k = klogkind(&log, i, true, &at);

		title = k ? titleof(&log, i, k, at) : NULL;
	}
	klogfree(&log);
	return title;
}

static void gives_titles(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(logs); i++) {
		char *title = first(logs[i].log);

		if (!title != !logs[i].title || (title && strcmp(title, logs[i].title) != 0))
			fail_msg("'%s' is called '%s', not '%s'", logs[i].log,
				 title ? title : "(nothing)",
				 logs[i].title ? logs[i].title : "(nothing)");
		free(title);
	}
}

/* However a report is cut, there is a title, or none. */
static void bears_cuts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(logs); i++) {
		for (size_t len = 0; len < strlen(logs[i].log); len++) {
			char *part = xstrndup(logs[i].log, len);

			free(first(part));
			free(part);
		}
	}
}

static void reads_lines(void **state)
{
	static const char text[] =
		"<4>[    1.000000][   T42] one\r\n[    1.000001] two\nthree\nf\0ur";
	struct klog log = { 0 };

	(void)state;
	klogadd(&log, text, sizeof(text) - 1);
	assert_int_equal(log.len, 4);
	assert_string_equal(log.item[0].text, "one");
	assert_string_equal(log.item[0].caller, "[T42]");
	assert_string_equal(log.item[1].text, "two");
	assert_string_equal(log.item[1].caller, "[]");
	assert_string_equal(log.item[2].text, "three");
	assert_string_equal(log.item[2].caller, "");
	assert_string_equal(log.item[3].text, "f ur");
	klogfree(&log);
}

/* A line that is longer than the kernel's is several; they end with a blank, if there is one. */
static void cuts_lines(void **state)
{
	struct klog log = { 0 };
	struct buf text = { 0 };

	(void)state;
	for (int i = 0; i < 9999; i++)
		bufputc(&text, i == 4000 ? ' ' : 'x');
	bufputs(&text, "\nend\n");
	klogadd(&log, text.data, text.len);
	assert_int_equal(log.len, 4);
	assert_int_equal(strlen(log.item[0].raw), 4001);
	assert_int_equal(strlen(log.item[1].raw), 4096);
	assert_int_equal(strlen(log.item[2].raw), 9999 - 4001 - 4096);
	assert_string_equal(log.item[3].raw, "end");
	klogfree(&log);
	buffree(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_titles),
		cmocka_unit_test(bears_cuts),
		cmocka_unit_test(reads_lines),
		cmocka_unit_test(cuts_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
