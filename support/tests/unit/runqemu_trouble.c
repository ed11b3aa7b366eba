// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: lines by which a kernel tells that it is not well. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "oops/trouble.h"
#include "runqemu/console.h"

/* A line, and what it tells. */
struct told {
	const char *line;
	enum trouble is;
};

/* What Linux 6.1 to 6.18 print, as their sources have it. */
static const struct told lines[] = {
	/* Faults of the processor, and what they begin with. */
	{ "BUG: kernel NULL pointer dereference, address: 0000000000000000", TROUBLE_OOPS },
	{ "BUG: unable to handle page fault for address: ffffffffdeadbeef", TROUBLE_OOPS },
	{ "BUG: IRQ stack guard page was hit at (ptrval) (stack is (ptrval)..(ptrval))",
	  TROUBLE_OOPS },
	{ "BUG: TASK stack guard page was hit at (ptrval) (stack is (ptrval)..(ptrval))",
	  TROUBLE_OOPS },
	{ "traps: PANIC: double fault, error_code: 0x0", TROUBLE_OOPS },
	{ "Oops: 0002 [#1] PREEMPT SMP", TROUBLE_OOPS },
	{ "Oops: Oops: 0002 [#1] SMP NOPTI", TROUBLE_OOPS },
	{ "Oops: invalid opcode: 0000 [#1] PREEMPT SMP", TROUBLE_OOPS },
	{ "Oops: general protection fault, probably for non-canonical address 0xdead: 0000 [#1]",
	  TROUBLE_OOPS },
	{ "Internal error: Oops: 0000000096000045 [#1] SMP", TROUBLE_OOPS },
	{ "Internal error: Oops - BUG: 00000000f2000800 [#1] SMP", TROUBLE_OOPS },
	{ "Unable to handle kernel NULL pointer dereference at virtual address 00", TROUBLE_OOPS },
	{ "kernel BUG at drivers/misc/lkdtm/bugs.c:105!", TROUBLE_OOPS },
	{ "kernel BUG at lib/list_debug.c:29!", TROUBLE_OOPS },
	{ "Kernel BUG at f+0x1/0x2 [verbose debug info unavailable]", TROUBLE_OOPS },
	{ "general protection fault, probably for non-canonical address 0xdead: 0000 [#1]",
	  TROUBLE_OOPS },
	{ "general protection fault, maybe for address 0x1: 0000 [#1] SMP", TROUBLE_OOPS },
	{ "general protection fault: 0000 [#1] SMP", TROUBLE_OOPS },
	{ "segment-related general protection fault: 0018 [#1] SMP", TROUBLE_OOPS },
	{ "invalid opcode: 0000 [#1] PREEMPT SMP", TROUBLE_OOPS },
	{ "divide error: 0000 [#2] SMP", TROUBLE_OOPS },
	{ "double fault: 0000 [#1] SMP", TROUBLE_OOPS },
	{ "stack segment: 0000 [#1] SMP", TROUBLE_OOPS },
	{ "int3: 0000 [#1] SMP", TROUBLE_OOPS },
	{ "alignment check: 0000 [#1] SMP", TROUBLE_OOPS },
	{ "Bad pagetable: 000d [#1] SMP", TROUBLE_OOPS },
	/* On other processors. */
	{ "BUG: Unable to handle kernel data access on read at 0x00000000", TROUBLE_OOPS },
	{ "BUG: Kernel NULL pointer dereference on write at 0x00000000", TROUBLE_OOPS },
	{ "Oops: Kernel access of bad area, sig: 11 [#1]", TROUBLE_OOPS },
	{ "Oops [#1]", TROUBLE_OOPS },
	{ "Oops[#1]:", TROUBLE_OOPS },
	{ "Kernel BUG [#1]", TROUBLE_OOPS },
	{ "Kernel BUG: 003e [#1]", TROUBLE_OOPS },
	{ "Kernel bug detected[#1]:", TROUBLE_OOPS },
	{ "Reserved instruction in kernel code[#2]:", TROUBLE_OOPS },
	{ "Unhandled kernel unaligned access[#1]:", TROUBLE_OOPS },
	{ "CPU 0 Unable to handle kernel paging request at virtual address 00000000, epc == 8",
	  TROUBLE_OOPS },
	{ "Unable to handle kernel pointer dereference in virtual kernel address space",
	  TROUBLE_OOPS },
	{ "Oops: 0004 ilc:3 [#1] SMP", TROUBLE_OOPS },
	{ "monitor event: 0040 ilc:2 [#1] SMP", TROUBLE_OOPS },
	{ "illegal operation: 0001 ilc:1 [#1] SMP", TROUBLE_OOPS },
	{ "addressing exception: 0005 ilc:2 [#1] SMP", TROUBLE_OOPS },
	{ "specification exception: 0006 ilc:2 [#1] SMP", TROUBLE_OOPS },
	{ "privileged operation: 0002 ilc:2 [#1] SMP", TROUBLE_OOPS },
	{ "fixpoint divide exception: 0009 ilc:2 [#1] SMP", TROUBLE_OOPS },
	{ "data exception: 0007 ilc:2 [#1] SMP", TROUBLE_OOPS },
	/* Reports that begin as an oops does. */
	{ "BUG: KASAN: slab-out-of-bounds in lkdtm_SLAB+0x1/0x2", TROUBLE_OOPS },
	{ "BUG: KASAN: use-after-free in f+0x1/0x2", TROUBLE_OOPS },
	{ "BUG: KASAN: invalid-access", TROUBLE_OOPS },
	{ "BUG: KCSAN: data-race in f / g", TROUBLE_OOPS },
	{ "BUG: KMSAN: uninit-value in f+0x1/0x2", TROUBLE_OOPS },
	{ "BUG: KFENCE: out-of-bounds read in f+0x1/0x2", TROUBLE_OOPS },
	{ "BUG: KFENCE: memory corruption in f+0x1/0x2", TROUBLE_OOPS },
	{ "BUG: sleeping function called from invalid context at mm/slab.h:1", TROUBLE_OOPS },
	{ "BUG: scheduling while atomic: swapper/0/1/0x00000002", TROUBLE_OOPS },
	{ "BUG: scheduling in a non-blocking section: sh/1/1", TROUBLE_OOPS },
	{ "BUG: assuming atomic context at kernel/x.c:1", TROUBLE_OOPS },
	{ "BUG: assuming non migratable context at kernel/x.c:1", TROUBLE_OOPS },
	{ "BUG: using smp_processor_id() in preemptible [00000000] code: sh/1", TROUBLE_OOPS },
	{ "BUG: using __this_cpu_read() in preemptible [00000000] code: sh/1", TROUBLE_OOPS },
	{ "BUG: spinlock bad magic on CPU#0, sh/1", TROUBLE_OOPS },
	{ "BUG: spinlock recursion on CPU#0, sh/1", TROUBLE_OOPS },
	{ "BUG: rwlock wrong owner on CPU#0, sh/1, (ptrval)", TROUBLE_OOPS },
	{ "BUG: workqueue leaked atomic, lock or RCU: kworker/0:1[7]", TROUBLE_OOPS },
	{ "BUG: workqueue leaked lock or atomic: kworker/0:1/0x00000000/7", TROUBLE_OOPS },
	{ "BUG: Bad page state in process sh  pfn:00001", TROUBLE_OOPS },
	{ "BUG: Bad page map in process sh  pte:00000001 pmd:00000002", TROUBLE_OOPS },
	{ "BUG: Bad page cache in process sh  pfn:00001", TROUBLE_OOPS },
	{ "BUG: Bad rss-counter state mm:(ptrval) type:MM_FILEPAGES val:1", TROUBLE_OOPS },
	{ "BUG: non-zero pgtables_bytes on freeing mm: 4096", TROUBLE_OOPS },
	{ "BUG: mempool element poison mismatch", TROUBLE_OOPS },
	{ "BUG: Dentry (ptrval){i=1,n=x} still in use (1) [unmount of ext4 vda]", TROUBLE_OOPS },
	{ "BUG: key ffff888000000000 has not been registered!", TROUBLE_OOPS },
	{ "BUG: looking up invalid subclass: 9", TROUBLE_OOPS },
	{ "BUG: failure at kernel/x.c:1/f()!", TROUBLE_OOPS },
	{ "[ BUG: Invalid wait context ]", TROUBLE_OOPS },
	{ "BUG kmalloc-64 (Not tainted): Right Redzone overwritten", TROUBLE_OOPS },
	{ "BUG kmalloc-64 (Tainted: G    B             ): Poison overwritten", TROUBLE_OOPS },
	{ "slab error in verify_redzone_free(): cache `x': double free detected", TROUBLE_OOPS },
	/* What does not get on. */
	{ "watchdog: BUG: soft lockup - CPU#0 stuck for 23s! [sh:1]", TROUBLE_LOCKUP },
	{ "BUG: soft lockup - CPU#0 stuck for 23s! [sh:1]", TROUBLE_LOCKUP },
	{ "BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0", TROUBLE_LOCKUP },
	{ "NMI watchdog: Watchdog detected hard LOCKUP on cpu 0", TROUBLE_LOCKUP },
	{ "watchdog: Watchdog detected hard LOCKUP on cpu 0", TROUBLE_LOCKUP },
	{ "watchdog: CPU3: Watchdog detected hard LOCKUP on cpu 3", TROUBLE_LOCKUP },
	{ "rcu: INFO: rcu_preempt self-detected stall on CPU", TROUBLE_LOCKUP },
	{ "rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: {", TROUBLE_LOCKUP },
	{ "INFO: rcu_sched detected stalls on CPUs/tasks:", TROUBLE_LOCKUP },
	{ "INFO: rcu_tasks detected stalls on tasks:", TROUBLE_LOCKUP },
	{ "smp: csd: Detected non-responsive CSD lock (#1) on CPU#0", TROUBLE_LOCKUP },
	{ "INFO: task sh:42 blocked for more than 122 seconds.", TROUBLE_HUNG },
	{ "INFO: task dd:42 blocked in I/O wait for more than 122 seconds.", TROUBLE_HUNG },
	/* What checkers find. */
	{ "WARNING: possible circular locking dependency detected", TROUBLE_FAULT },
	{ "WARNING: possible recursive locking detected", TROUBLE_FAULT },
	{ "WARNING: possible irq lock inversion dependency detected", TROUBLE_FAULT },
	{ "WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected", TROUBLE_FAULT },
	{ "WARNING: SOFTIRQ-safe -> SOFTIRQ-unsafe lock order detected", TROUBLE_FAULT },
	{ "WARNING: inconsistent lock state", TROUBLE_FAULT },
	{ "WARNING: bad unlock balance detected!", TROUBLE_FAULT },
	{ "WARNING: bad contention detected!", TROUBLE_FAULT },
	{ "WARNING: held lock freed!", TROUBLE_FAULT },
	{ "WARNING: sh/42 still has locks held!", TROUBLE_FAULT },
	{ "WARNING: lock held when returning to user space!", TROUBLE_FAULT },
	{ "WARNING: Nested lock was not taken", TROUBLE_FAULT },
	{ "WARNING: chain_key collision", TROUBLE_FAULT },
	{ "WARNING: suspicious RCU usage", TROUBLE_FAULT },
	{ "INFO: trying to register non-static key.", TROUBLE_FAULT },
	{ "DEBUG_LOCKS_WARN_ON(1)", TROUBLE_FAULT },
	{ "rtmutex deadlock detected", TROUBLE_FAULT },
	{ "UBSAN: shift-out-of-bounds in kernel/x.c:1:2", TROUBLE_FAULT },
	{ "UBSAN: array-index-out-of-bounds in lib/test_ubsan.c:1:2", TROUBLE_FAULT },
	{ "kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
	  TROUBLE_FAULT },
	{ "kmemleak: unreferenced object 0xffff888000000000 (size 64):", TROUBLE_FAULT },
	{ "ODEBUG: free active (active state 0) object type: timer_list hint: f+0x0/0x1",
	  TROUBLE_FAULT },
	{ "ODEBUG: object 00000000 is on stack 00000000, but NOT annotated.", TROUBLE_FAULT },
	{ "DMA-API: e1000 0000:00:02.0: device driver tries to free DMA memory it has not "
	  "allocated",
	  TROUBLE_FAULT },
	{ "DMA-API: ahci 0000:00:1f.2: mapping sg segment longer than device claims to support",
	  TROUBLE_FAULT },
	{ "CFI failure at f+0x1/0x2 (target: g+0x0/0x1; expected type: 0x00000001)",
	  TROUBLE_FAULT },
	{ "Missing ENDBR: f+0x0/0x1", TROUBLE_FAULT },
	{ "refcount_t: underflow; use-after-free.", TROUBLE_FAULT },
	{ "refcount_t: addition on 0; use-after-free.", TROUBLE_FAULT },
	{ "list_add corruption. prev->next should be next (1), but was 2. (prev=3).",
	  TROUBLE_FAULT },
	{ "list_add double add: new=1, prev=1, next=2.", TROUBLE_FAULT },
	{ "list_del corruption, 1->next is LIST_POISON1 (2)", TROUBLE_FAULT },
	{ "pagealloc: memory corruption", TROUBLE_FAULT },
	{ "Memory corruption detected in low memory", TROUBLE_FAULT },
	{ "softirq: huh, entered softirq 1 TIMER 0 with preempt_count 00000101, exited with "
	  "00000102?",
	  TROUBLE_FAULT },
	{ "ref_tracker: reference already released.", TROUBLE_FAULT },
	{ "ref_tracker: leaked reference.", TROUBLE_FAULT },
	{ "ref_tracker: eth0@(ptrval) has 1/1 users at", TROUBLE_FAULT },
	/* Parts that failed. */
	{ "Initramfs unpacking failed: junk within compressed archive", TROUBLE_FAULT },
	{ "Initramfs unpacking failed: read error", TROUBLE_FAULT },
	{ "rootfs image is not initramfs (no cpio magic); looks like an initrd", TROUBLE_FAULT },
	{ "unregister_netdevice: waiting for lo to become free. Usage count = 2", TROUBLE_FAULT },
	{ "VFS: Busy inodes after unmount of vda (ext4)", TROUBLE_FAULT },
	{ "VFS: Busy inodes after unmount of vda. Self-destruct in 5 seconds.", TROUBLE_FAULT },
	{ "irq 9: nobody cared (try booting with the \"irqpoll\" option)", TROUBLE_FAULT },
	/* What is counted. */
	{ "WARNING: CPU: 0 PID: 1 at kernel/x.c:1 f+0x1/0x2", TROUBLE_WARNING },
	{ "WARNING: kernel/x.c:1 at f+0x1/0x2, CPU#0: swapper/0/1", TROUBLE_WARNING },
	/* What is none. */
	{ "", TROUBLE_NONE },
	{ "Linux version 6.12.95", TROUBLE_NONE },
	{ "a BUG: in the middle", TROUBLE_NONE },
	{ "a WARNING: in the middle", TROUBLE_NONE },
	{ "Booting... lockdep: BUG_ON", TROUBLE_NONE },
	{ "BUG report addresses follow", TROUBLE_NONE },
	{ "BUG 1234 (fixed)", TROUBLE_NONE },
	{ "BUG: MAX_LOCKDEP_ENTRIES too low!", TROUBLE_NONE },
	{ "DEBUG: a program's", TROUBLE_NONE },
	{ "INFO: task list", TROUBLE_NONE },
	{ "INFO: rcu is fine", TROUBLE_NONE },
	{ "INFO: lockdep is turned off.", TROUBLE_NONE },
	{ "INFO: NMI handler (f) took too long to run: 1.000 msecs", TROUBLE_NONE },
	{ "INFO: task sh:42 is blocked on a mutex likely owned by task sh:41.", TROUBLE_NONE },
	{ "rcu: INFO: Stall ended before state dump start", TROUBLE_NONE },
	{ "traps: sh[1] general protection fault ip:1 sp:2 error:0", TROUBLE_NONE },
	{ "traps: sh[1] trap invalid opcode ip:1 sp:2 error:0 in busybox[400000+1]", TROUBLE_NONE },
	{ "traps: sh[1] trap divide error ip:1 sp:2 error:0", TROUBLE_NONE },
	{ "sh[1]: segfault at 0 ip 1 sp 2 error 4 in busybox[400000+1]", TROUBLE_NONE },
	{ "Unhandled fault: external abort on non-linefetch (0x008) at 0x1", TROUBLE_NONE },
	{ "sh: page allocation failure: order:0, mode:0xcc0(GFP_KERNEL)", TROUBLE_NONE },
	{ "page dumped because: unmovable page", TROUBLE_NONE },
	{ "Out of memory: Killed process 42 (sh) total-vm:1kB", TROUBLE_NONE },
	{ "kmemleak: Kernel memory leak detector initialized (mem pool available: 1)",
	  TROUBLE_NONE },
	{ "ODEBUG: Out of memory. ODEBUG disabled", TROUBLE_NONE },
	{ "DMA-API: preallocated 65536 debug entries", TROUBLE_NONE },
	{ "rcu: \tRCU lockdep checking is enabled.", TROUBLE_NONE },
	{ "Trying to unpack rootfs image as initramfs...", TROUBLE_NONE },
	{ "FAULT_INJECTION: forcing a failure.", TROUBLE_NONE },
	{ "irq 9: Affinity broken due to vector space exhaustion.", TROUBLE_NONE },
	{ "CPU0: Intel", TROUBLE_NONE },
	{ "watchdog: disabled", TROUBLE_NONE },
	{ "change abc: 1234 [1]", TROUBLE_NONE },
	{ "debug: see [#1]", TROUBLE_NONE },
};

/* What others may say as well: it has to begin a line. */
static const struct told alone[] = {
	{ "BUG: unable to handle kernel paging request at ffffffffdeadbeef", TROUBLE_OOPS },
	{ "Oops - BUG: 00000000f2000800 [#1] SMP", TROUBLE_OOPS },
	{ "Oops - illegal instruction [#1]", TROUBLE_OOPS },
	{ "Unable to handle kernel paging request", TROUBLE_OOPS },
	{ "BUG: arch topology borken", TROUBLE_OOPS },
	{ "UBSAN: array index out of bounds: f+0x1/0x2", TROUBLE_FAULT },
	{ "WARNING: workqueue cpumask: online intersect > possible intersect", TROUBLE_WARNING },
	{ "BUG: my program has one", TROUBLE_OOPS },
	{ "WARNING: something of a program's", TROUBLE_WARNING },
};

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static void feed(struct console *c, const char *text)
{
	consolefeed(c, text, strlen(text));
}

/* What the console tells of that line behind before. */
static enum trouble told(const char *before, const char *line, const char **as, struct console *c)
{
	*c = (struct console){ 0 };
	feed(c, "the line before\n");
	feed(c, before);
	feed(c, line);
	feed(c, "\r\nthe next\r\n");
	*as = c->troubleline;
	return c->trouble ? c->trouble : c->warnings ? TROUBLE_WARNING : TROUBLE_NONE;
}

static void expect(const char *before, const char *line, enum trouble want)
{
	struct console c;
	const char *as;
	enum trouble is = told(before, line, &as, &c);

	if (is != want)
		fail_msg("'%s%s' is taken for %s", before, line, troublewords(is));
	if (want > TROUBLE_WARNING)
		assert_string_equal(as, line);
	consolefree(&c);
}

/* At the beginning of a line, or behind what the kernel puts before one. */
static void knows_lines(void **state)
{
	static const char *const before[] = {
		"",
		"[    1.234567] ",
		"[    1.234567][    T1] ",
		"[12345.678901][    C0] ",
		"[    T1] ",
		"<4>[    1.234567] ",
		"Starting foo: [    1.234567] ",
		"login: [    1.234567][   T42] ",
		"/ # [    C1] ",
		"100%\r",
		"50%\r100%\r[    1.234567] ",
		"\r\033[K",
		"\033[0m",
		"\033[1;31m\033[0m[    1.234567] ",
		"\033]0;a title\a",
		"\033]0;a title\033\\",
		"\033(B\033[m",
		"\a",
	};

	(void)state;
	for (size_t j = 0; j < COUNT(before); j++) {
		for (size_t i = 0; i < COUNT(lines); i++)
			expect(before[j], lines[i].line, lines[i].is);
		for (size_t i = 0; i < COUNT(alone); i++)
			expect(before[j], alone[i].line, alone[i].is);
	}
}

/* Behind what a program has written of a line by then. */
static void knows_lines_behind_others(void **state)
{
	static const char *const before[] = {
		"Starting foo: ",	    "login: ", "/ # ", "waiting...", "50%\r100%", "x",
		"\033[1;32m*\033[0m foo: ", "[ ok ] ", "  ",   "ttyS0] ",
	};

	(void)state;
	for (size_t j = 0; j < COUNT(before); j++) {
		for (size_t i = 0; i < COUNT(lines); i++)
			expect(before[j], lines[i].line, lines[i].is);
		for (size_t i = 0; i < COUNT(alone); i++)
			expect(before[j], alone[i].line, TROUBLE_NONE);
	}
}

/* However long that is. */
static void knows_lines_behind_long_ones(void **state)
{
	static const char line[] = "BUG: KASAN: use-after-free in f+0x1/0x2";
	char *before;

	(void)state;
	for (size_t len = 3000; len < 9500; len += 13) {
		before = xmalloc(len + 1);
		memset(before, '.', len);
		before[len] = '\0';
		expect(before, line, TROUBLE_OOPS);
		before[len - 1] = '\r';
		expect(before, "BUG: a small one", TROUBLE_OOPS);
		expect(before, "WARNING: CPU: 0 PID: 1 at x", TROUBLE_WARNING);
		free(before);
	}
}

/* Who talks of a line does not print it. */
static void knows_quotations(void **state)
{
	(void)state;
	expect("grep '", "BUG: KASAN: ' log", TROUBLE_NONE);
	expect("grep \"", "refcount_t: \" log", TROUBLE_NONE);
	expect("see `", "UBSAN: x in y'", TROUBLE_NONE);
}

static void counts_each_once(void **state)
{
	struct console c = { 0 };
	char dots[5000];

	(void)state;
	memset(dots, '.', sizeof(dots));
	for (size_t i = 0; i < 5000; i += 100) {
		consolefeed(&c, dots, i);
		feed(&c, "WARNING: CPU: 0 PID: 1 at x");
		consolefeed(&c, dots, 5000 - i);
		feed(&c, "\n");
	}
	assert_int_equal(c.warnings, 50);
	consolefree(&c);
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
	assert_string_equal(troublename(TROUBLE_FAULT), "fault");
	assert_string_equal(troublename(TROUBLE_OOPS), "oops");
	assert_string_equal(troublename(TROUBLE_HUNG), "hung task");
	assert_string_equal(troublename(TROUBLE_LOCKUP), "lockup");
	assert_string_equal(troublewords(TROUBLE_LOCKUP), "a lockup");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_lines),
		cmocka_unit_test(knows_lines_behind_others),
		cmocka_unit_test(knows_lines_behind_long_ones),
		cmocka_unit_test(knows_quotations),
		cmocka_unit_test(counts_each_once),
		cmocka_unit_test(keeps_the_first),
		cmocka_unit_test(has_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
