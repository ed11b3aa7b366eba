/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel messages that report a trouble: those of Linux 6.1 to 6.18, and older ones that syzkaller
 * knows.
 */
#ifndef OOPS_TROUBLE_H
#define OOPS_TROUBLE_H

#include <stdbool.h>

#include "oops/guilty.h"

/* In order of severity, as far as possible. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_WARNING, /* WARN_ON and similar: only counted */
	TROUBLE_FAULT,	 /* found by a checker (lockdep, UBSAN ...), or a part failed */
	TROUBLE_OOPS,	 /* an oops, a BUG, a report of KASAN ... */
	TROUBLE_HUNG,	 /* a task that waited too long */
	TROUBLE_LOCKUP,	 /* a processor that is stuck: soft, hard, an RCU stall */
};

/* A kind of message: a text that begins with start, and has the parts after that. */
struct kind {
	const char *start;
	const char *part;  /* texts that follow in this order, with '*' between them; NULL: none */
	enum trouble is;   /* TROUBLE_NONE: a panic, or none in itself, but it has a trace */
	const char *title; /* of its report (title.h); NULL: it only goes with a report of another
			      kind; "": it is known, and no report */
	enum trail trail;  /* where the function of the title is found */
};

/*
 * Return the kind of message that text, from a place in a line to its end, is; NULL if none. The
 * first one of the tables that fits counts. begins: as below. titled: leave out kinds that have no
 * title.
 */
const struct kind *kindof(const char *text, bool begins, bool titled);

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
