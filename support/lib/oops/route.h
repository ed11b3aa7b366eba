/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of trails (guilty.h): the steps through a report to its function. */
#ifndef OOPS_ROUTE_H
#define OOPS_ROUTE_H

#include "oops/guilty.h"

/* A step: search the report on for a line of that kind; many name functions. */
enum step {
	STEP_END,
	STEP_STACK,  /* all functions of a stack, up to the next stack */
	STEP_CALLS,  /* "Call Trace:" */
	STEP_IP,     /* the instruction at fault */
	STEP_WARNIP, /* the same, or "--- interrupt: N at FUNCTION+" */
	STEP_IN,     /* "... in FUNCTION+" */
	STEP_AT,     /* "at: FUNCTION+" */
	STEP_PLACE,  /* "[<ADDRESS>] FUNCTION+" */
	STEP_CREATED,
	STEP_BACKTRACE,
	STEP_APIC,
	STEP_INTERRUPT,
	STEP_BECAME,
	STEP_ALLOCATED,
	STEP_LEAVING,
	STEP_CHANGED,
	STEP_ACQUIRES,
	STEP_LAST, /* "last function: FUNCTION" */
};

/* Which of the functions counts. */
enum pick {
	PICK_FIRST,
	PICK_ENTRY,  /* the one before the entry into the part of the kernel: of a loop */
	PICK_WAITER, /* the one that waits, not one that helps to wait */
};

struct route {
	enum step step[5], other[5]; /* other: if step finds nothing */
	const char
		*skip; /* functions that do not count, besides innocents: patterns (innocent.h) */
	enum pick pick;
};

extern const struct route routes[TRAIL_COUNT];

#endif
