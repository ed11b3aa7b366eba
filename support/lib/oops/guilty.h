/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which function of a report names it: not the one that found the trouble, nor a helper that
 * anybody calls, but the first one of the rest.
 */
#ifndef OOPS_GUILTY_H
#define OOPS_GUILTY_H

#include <stddef.h>

/* Where in a report the function is found. */
enum trail {
	TRAIL_NONE, /* its title has no function */
	TRAIL_CALLS,
	TRAIL_FAULT,
	TRAIL_ONLYIP,
	TRAIL_STUCK,
	TRAIL_KASAN,
	TRAIL_KASANFREE,
	TRAIL_KMSAN,
	TRAIL_KMSANUSB,
	TRAIL_KFENCE,
	TRAIL_SPIN,
	TRAIL_ATOMIC,
	TRAIL_UNBALANCED,
	TRAIL_BADPAGE,
	TRAIL_PREEMPT,
	TRAIL_LEAK,
	TRAIL_WAITS,
	TRAIL_WARN,
	TRAIL_ODEBUG,
	TRAIL_USERCOPY,
	TRAIL_KOBJECT,
	TRAIL_PROC,
	TRAIL_REFCOUNT,
	TRAIL_LOCKBUG,
	TRAIL_KMALLOC,
	TRAIL_URB,
	TRAIL_CIRCULAR,
	TRAIL_BECAME,
	TRAIL_RCUUSE,
	TRAIL_RCUSTALL,
	TRAIL_NOKEY,
	TRAIL_HUNG,
	TRAIL_PROTECTOR,
	TRAIL_STACKEND,
	TRAIL_OVERFLOW,
	TRAIL_UBSAN,
	TRAIL_COPYBUG,
	TRAIL_KERNELBUG,
	TRAIL_RUST,
	TRAIL_INJECT,
	TRAIL_NAMED, /* from here on: named by the report itself, so it is taken as it is */
	TRAIL_FREED,
	TRAIL_STILLHELD,
	TRAIL_LEAVING,
	TRAIL_CHANGED,
	TRAIL_ACQUIRES,
	TRAIL_LASTRUN,
	TRAIL_COUNT,
};

/*
 * Return the function of a report of len lines, which have no time and caller in front: the first
 * one is the line that reports the trouble. NULL if none is found. Caller frees.
 */
char *guilty(enum trail t, const char *const *line, size_t len);

#endif
