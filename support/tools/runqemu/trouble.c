// SPDX-License-Identifier: GPL-2.0-or-later
#include "trouble.h"

#include <stddef.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

/* As a part: the code and the number of an oops (isdeath). */
static const char death[] = "0000 [#1]";

/*
 * A text that begins with start and contains part (may be NULL) after that; the first match counts.
 */
struct pattern {
	const char *start, *part;
	enum trouble is;
};

/* Text that is unique to the kernel: also recognised after a partial line. */
static const struct pattern own[] = {
	/* Processors and tasks that are stuck. */
	{ "BUG: soft lockup - CPU#", NULL, TROUBLE_LOCKUP },
	{ "BUG: workqueue lockup - pool", NULL, TROUBLE_LOCKUP },
	{ "Watchdog detected hard LOCKUP on cpu ", NULL, TROUBLE_LOCKUP },
	{ "INFO: rcu", " stall", TROUBLE_LOCKUP },
	{ "csd: Detected non-responsive CSD lock", NULL, TROUBLE_LOCKUP },
	{ "INFO: task ", " blocked for more than ", TROUBLE_HUNG },
	{ "INFO: task ", " blocked in I/O wait for more than ", TROUBLE_HUNG },
	/* Oopses, and reports that begin like them. */
	{ "BUG: kernel NULL pointer dereference, address: ", NULL, TROUBLE_OOPS },
	{ "BUG: unable to handle ", " address: ", TROUBLE_OOPS },
	{ "BUG: KASAN: ", NULL, TROUBLE_OOPS },
	{ "BUG: KCSAN: ", NULL, TROUBLE_OOPS },
	{ "BUG: KMSAN: ", NULL, TROUBLE_OOPS },
	{ "BUG: KFENCE: ", NULL, TROUBLE_OOPS },
	{ "BUG: sleeping function called from invalid context at ", NULL, TROUBLE_OOPS },
	{ "BUG: scheduling while atomic: ", NULL, TROUBLE_OOPS },
	{ "BUG: scheduling in a non-blocking section: ", NULL, TROUBLE_OOPS },
	{ "BUG: assuming ", " context at ", TROUBLE_OOPS },
	{ "BUG: using ", " in preemptible [", TROUBLE_OOPS },
	{ "BUG: spinlock ", " on CPU#", TROUBLE_OOPS },
	{ "BUG: rwlock ", " on CPU#", TROUBLE_OOPS },
	{ "BUG: workqueue leaked ", NULL, TROUBLE_OOPS },
	{ "BUG: Bad page ", NULL, TROUBLE_OOPS },
	{ "BUG: Bad rss-counter state ", NULL, TROUBLE_OOPS },
	{ "BUG: non-zero pgtables_bytes on freeing mm", NULL, TROUBLE_OOPS },
	{ "BUG: mempool element poison mismatch", NULL, TROUBLE_OOPS },
	{ "BUG: Dentry ", " still in use ", TROUBLE_OOPS },
	{ "BUG: key ", " has not been registered!", TROUBLE_OOPS },
	{ "BUG: looking up invalid subclass: ", NULL, TROUBLE_OOPS },
	{ "BUG: failure at ", "()!", TROUBLE_OOPS },
	{ "BUG: ", " stack guard page was hit at ", TROUBLE_OOPS },
	{ "[ BUG: ", " ]", TROUBLE_OOPS },	      /* lockdep's wait contexts */
	{ "BUG ", " (Not tainted): ", TROUBLE_OOPS }, /* the slab allocators': their */
	{ "BUG ", " (Tainted: ", TROUBLE_OOPS },      /* cache's name stands between */
	{ "slab error in ", "(): ", TROUBLE_OOPS },
	{ "kernel BUG at ", "!", TROUBLE_OOPS },
	{ "Kernel BUG at ", " [verbose ", TROUBLE_OOPS },
	{ "Oops: ", " [#", TROUBLE_OOPS },
	{ "Internal error: ", " [#", TROUBLE_OOPS },
	{ "Unable to handle kernel ", " at virtual address ", TROUBLE_OOPS },
	{ "BUG: Unable to handle ", " at 0x", TROUBLE_OOPS },
	{ "BUG: Kernel NULL pointer dereference on ", " at 0x", TROUBLE_OOPS },
	{ "Oops [#", "]", TROUBLE_OOPS },
	{ "Oops[#", "]:", TROUBLE_OOPS },
	{ "Kernel BUG [#", "]", TROUBLE_OOPS },
	{ "Kernel BUG: ", death, TROUBLE_OOPS },
	{ "Kernel bug detected[#", "]:", TROUBLE_OOPS },
	{ "Reserved instruction in kernel code[#", "]:", TROUBLE_OOPS },
	{ "Unhandled kernel unaligned access[#", "]:", TROUBLE_OOPS },
	{ "Unable to handle kernel pointer dereference in virtual kernel address space", NULL,
	  TROUBLE_OOPS },
	{ "CPU ", " Unable to handle kernel paging request at virtual address ", TROUBLE_OOPS },
	{ "monitor event: ", " ilc:", TROUBLE_OOPS },
	{ "illegal operation: ", " ilc:", TROUBLE_OOPS },
	{ "addressing exception: ", " ilc:", TROUBLE_OOPS },
	{ "specification exception: ", " ilc:", TROUBLE_OOPS },
	{ "privileged operation: ", " ilc:", TROUBLE_OOPS },
	{ "fixpoint divide exception: ", " ilc:", TROUBLE_OOPS },
	{ "data exception: ", " ilc:", TROUBLE_OOPS },
	{ "general protection fault, probably for ", NULL, TROUBLE_OOPS },
	{ "general protection fault, maybe for ", NULL, TROUBLE_OOPS },
	{ "segment-related general protection fault: ", death, TROUBLE_OOPS },
	{ "general protection fault: ", death, TROUBLE_OOPS },
	{ "invalid opcode: ", death, TROUBLE_OOPS },
	{ "divide error: ", death, TROUBLE_OOPS },
	{ "overflow: ", death, TROUBLE_OOPS },
	{ "bounds: ", death, TROUBLE_OOPS },
	{ "coprocessor segment overrun: ", death, TROUBLE_OOPS },
	{ "invalid TSS: ", death, TROUBLE_OOPS },
	{ "segment not present: ", death, TROUBLE_OOPS },
	{ "stack segment: ", death, TROUBLE_OOPS },
	{ "alignment check: ", death, TROUBLE_OOPS },
	{ "double fault: ", death, TROUBLE_OOPS },
	{ "fpu exception: ", death, TROUBLE_OOPS },
	{ "simd exception: ", death, TROUBLE_OOPS },
	{ "int3: ", death, TROUBLE_OOPS },
	{ "iret exception: ", death, TROUBLE_OOPS },
	{ "unexpected #NM exception: ", death, TROUBLE_OOPS },
	{ "stack guard page: ", death, TROUBLE_OOPS },
	{ "Bad pagetable: ", death, TROUBLE_OOPS },
	{ "PANIC: double fault", ", error_code: ", TROUBLE_OOPS },
	/* lockdep and similar checkers. */
	{ "WARNING: possible circular locking dependency detected", NULL, TROUBLE_FAULT },
	{ "WARNING: possible recursive locking detected", NULL, TROUBLE_FAULT },
	{ "WARNING: possible irq lock inversion dependency ", NULL, TROUBLE_FAULT },
	{ "WARNING: ", "-unsafe lock order detected", TROUBLE_FAULT },
	{ "WARNING: inconsistent lock state", NULL, TROUBLE_FAULT },
	{ "WARNING: bad unlock balance detected!", NULL, TROUBLE_FAULT },
	{ "WARNING: bad contention detected!", NULL, TROUBLE_FAULT },
	{ "WARNING: held lock freed!", NULL, TROUBLE_FAULT },
	{ "WARNING: ", " still has locks held!", TROUBLE_FAULT },
	{ "WARNING: lock held when returning to user space!", NULL, TROUBLE_FAULT },
	{ "WARNING: Nested lock was not taken", NULL, TROUBLE_FAULT },
	{ "WARNING: chain_key collision", NULL, TROUBLE_FAULT },
	{ "WARNING: suspicious RCU usage", NULL, TROUBLE_FAULT },
	{ "INFO: trying to register non-static key.", NULL, TROUBLE_FAULT },
	{ "DEBUG_LOCKS_WARN_ON(", NULL, TROUBLE_FAULT },
	{ "rtmutex deadlock detected", NULL, TROUBLE_FAULT },
	/* Other checkers. */
	{ "UBSAN: ", " in ", TROUBLE_FAULT },
	{ "kmemleak: ", " new suspected memory leaks ", TROUBLE_FAULT },
	{ "kmemleak: unreferenced object 0x", NULL, TROUBLE_FAULT },
	{ "ODEBUG: ", " object type: ", TROUBLE_FAULT },
	{ "ODEBUG: object ", " annotated.", TROUBLE_FAULT },
	{ "DMA-API: ", ": device driver ", TROUBLE_FAULT },
	{ "DMA-API: ", ": mapping sg segment ", TROUBLE_FAULT },
	{ "DMA-API: ", ": cacheline tracking EEXIST", TROUBLE_FAULT },
	{ "CFI failure at ", " (", TROUBLE_FAULT },
	{ "Missing ENDBR: ", NULL, TROUBLE_FAULT },
	{ "refcount_t: ", NULL, TROUBLE_FAULT },
	{ "list_add corruption.", NULL, TROUBLE_FAULT },
	{ "list_add double add: ", NULL, TROUBLE_FAULT },
	{ "list_del corruption", NULL, TROUBLE_FAULT },
	{ "pagealloc: memory corruption", NULL, TROUBLE_FAULT },
	{ "Memory corruption detected in low memory", NULL, TROUBLE_FAULT },
	{ "softirq: huh, entered softirq ", NULL, TROUBLE_FAULT },
	{ "ref_tracker: reference already released.", NULL, TROUBLE_FAULT },
	{ "ref_tracker: ", " users at", TROUBLE_FAULT },
	{ "ref_tracker: leaked reference.", NULL, TROUBLE_FAULT },
	/* Parts that failed. */
	{ "Initramfs unpacking failed: ", NULL, TROUBLE_FAULT },
	{ "rootfs image is not initramfs (", NULL, TROUBLE_FAULT },
	{ "unregister_netdevice: waiting for ", " to become free.", TROUBLE_FAULT },
	{ "VFS: Busy inodes after unmount of ", NULL, TROUBLE_FAULT },
	{ "irq ", ": nobody cared (try booting ", TROUBLE_FAULT },
	/* Counted. */
	{ "WARNING: CPU: ", " PID: ", TROUBLE_WARNING },
	{ "WARNING: ", ", CPU#", TROUBLE_WARNING },
};

/* Text that others may print as well: must begin a line. */
static const struct pattern shared[] = {
	{ "BUG: MAX_", " too low!", TROUBLE_NONE }, /* lockdep ran out of space */
	{ "BUG: ", NULL, TROUBLE_OOPS },
	{ "Oops: ", NULL, TROUBLE_OOPS },
	{ "Oops - ", NULL, TROUBLE_OOPS },
	{ "Internal error: ", NULL, TROUBLE_OOPS },
	{ "Unable to handle kernel ", NULL, TROUBLE_OOPS },
	{ "UBSAN: ", NULL, TROUBLE_FAULT },
	{ "WARNING: ", NULL, TROUBLE_WARNING },
};

/* The text after the prefix of a subsystem. */
static const char *unprefixed(const char *text)
{
	static const char *const names[] = { "NMI watchdog: ", "watchdog: ", "rcu: ", "smp: ",
					     "traps: " };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strncmp(text, names[i], strlen(names[i])) == 0)
			return text + strlen(names[i]);
	return text;
}

/* "CPU3: Watchdog detected hard LOCKUP on cpu 3": newer kernels put the processor first. */
static const char *unnumbered(const char *text)
{
	size_t digits = strncmp(text, "CPU", 3) == 0 ? strspn(text + 3, "0123456789") : 0;

	return digits && strncmp(text + 3 + digits, ": ", 2) == 0 ? text + 3 + digits + 2 : text;
}

/* Whether text is the end of the message on an unhandled exception: "0000 [#1] PREEMPT SMP". */
static bool isdeath(const char *text)
{
	size_t digits = strspn(text, "0123456789abcdef");

	return digits >= 4 && strncmp(text + digits, " [#", 3) == 0;
}

static bool fits(const struct pattern *p, const char *text)
{
	size_t len = strlen(p->start);

	if (strncmp(text, p->start, len) != 0)
		return false;
	if (p->part == death)
		return isdeath(text + len);
	return !p->part || strstr(text + len, p->part);
}

enum trouble troubleof(const char *text, bool begins)
{
	const struct pattern *p = own;

	text = unnumbered(unprefixed(text));
	for (; p < own + COUNT(own); p++)
		if (*text == *p->start && fits(p, text))
			return p->is;
	for (p = shared; begins && p < shared + COUNT(shared); p++)
		if (fits(p, text))
			return p->is;
	return TROUBLE_NONE;
}

const char *troublename(enum trouble t)
{
	static const char *const names[] = { "none", "warning",	  "fault",
					     "oops", "hung task", "lockup" };

	return names[t];
}

const char *troublewords(enum trouble t)
{
	static const char *const words[] = { "nothing", "a warning",   "a fault",
					     "an oops", "a hung task", "a lockup" };

	return words[t];
}
