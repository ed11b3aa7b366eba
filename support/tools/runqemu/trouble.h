/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel messages that report a trouble while the kernel continues to run: those of Linux 6.1 to
 * 6.18.
 */
#ifndef RUNQEMU_TROUBLE_H
#define RUNQEMU_TROUBLE_H

#include <stdbool.h>

/* In order of severity, as far as possible. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_WARNING, /* WARN_ON and similar: only counted */
	TROUBLE_FAULT,	 /* found by a checker (lockdep, UBSAN ...), or a part failed */
	TROUBLE_OOPS,	 /* an oops, a BUG, a report of KASAN ... */
	TROUBLE_HUNG,	 /* a task that waited too long */
	TROUBLE_LOCKUP,	 /* a processor that is stuck: soft, hard, an RCU stall */
};

/*
 * Return the trouble that text, from a place in a line to its end, reports. begins: it is the
 * beginning of a line, after its level, time and caller (linestart.h); if not, only text that is
 * unique to the kernel counts.
 */
enum trouble troubleof(const char *text, bool begins);

/* Return its name in records: "oops", "hung task" ... */
const char *troublename(enum trouble t);

/* Return its name for messages, with the article: "an oops". */
const char *troublewords(enum trouble t);

#endif
