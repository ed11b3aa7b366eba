/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines by which a kernel that goes on running tells that something is wrong with it: those of
 * Linux 6.1 to 6.18.
 */
#ifndef RUNQEMU_TROUBLE_H
#define RUNQEMU_TROUBLE_H

#include <stdbool.h>

/* From what is least to what is worst, as far as that can be said. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_WARNING, /* WARN_ON and its like: counted, and no more */
	TROUBLE_FAULT,	 /* what a checker found (lockdep, UBSAN ...), or a part that failed */
	TROUBLE_OOPS,	 /* an oops, a BUG, a report of KASAN ... */
	TROUBLE_HUNG,	 /* a task that has waited for too long */
	TROUBLE_LOCKUP,	 /* a processor that is stuck: soft, hard, an RCU stall */
};

/*
 * What text, from a place of a line to its end, tells. begins: it begins a line, without its level,
 * time and caller (place.h); if not, only what nobody but the kernel says counts.
 */
enum trouble troubleof(const char *text, bool begins);

/* Its name in records: "oops", "hung task" ... */
const char *troublename(enum trouble t);

/* The same for people, with its article: "an oops". */
const char *troublewords(enum trouble t);

#endif
