/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Progress of a step, estimated from its last run. A directory that all checkouts share has a file
 * for each long step of each package, "LINES SECONDS": lines of its log, and its duration. It is
 * used for messages only: a missing or wrong record does no harm.
 */
#ifndef STEP_PROGRESS_H
#define STEP_PROGRESS_H

#include "base/buf.h"

/* The last run of a step. */
struct progress {
	long lines;	/* lines of its log; 0: no log, or not known */
	double seconds; /* duration; 0: not known, or only lines are known (from the recipe) */
};

/*
 * The name of a step's record. It is the name of the step; but a build that continues in a kept
 * build directory has a record of its own, since it does less work.
 */
const char *progressname(const char *step, bool continued);

/* Return the record of a package's step in directory dir; all zero if dir is NULL or has none. */
struct progress progressread(const char *dir, const char *package, const char *step);

/* Write the record for the next run; create dir. Errors are ignored. */
void progresskeep(const char *dir, const char *package, const char *step, struct progress p);

/*
 * Append "LINES of about ALL lines, about N s to go" to out, for a step that has written lines
 * lines in seconds seconds; or "LINES lines" if no record is known or the step exceeds it. If the
 * step never ran here, the time is left out until an eighth is done, because a build begins with
 * its faster parts. Without lines: "about N s to go", or nothing.
 */
void progresssay(const struct progress *last, long lines, double seconds, struct buf *out);

#endif
