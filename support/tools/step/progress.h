/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far a step is, by how it went the last time: a file for each step of each package that took
 * long, in a directory that all checkouts share, holds "LINES SECONDS", the lines of its log and
 * how long it took. It only feeds a line for a person: a record that is missing or wrong does no
 * harm.
 */
#ifndef STEP_PROGRESS_H
#define STEP_PROGRESS_H

#include "base/buf.h"

/* How a step went the last time. */
struct progress {
	long lines;	/* of its log; 0: it has none, or nothing is known */
	double seconds; /* that it took; 0: nothing is known, or the lines alone, from elsewhere */
};

/*
 * What a step's record is called: its own name, but for a build that goes on in a build directory
 * that was kept. That one does less than a build from nothing, and is compared with those of its
 * kind.
 */
const char *progressname(const char *step, int goeson);

/* The record of a package's step in directory dir, or nothing if dir is NULL or has none. */
struct progress progressread(const char *dir, const char *package, const char *step);

/* Keep it there for the next time; dir is made. What cannot be written is not kept. */
void progresskeep(const char *dir, const char *package, const char *step, struct progress p);

/*
 * Append "LINES of about ALL lines, about N s to go" for a step that has written lines lines in
 * seconds seconds, or just "LINES lines" where nothing is known or it goes on beyond that. Where
 * it has not run here before, the seconds are left out until an eighth is done: what a build begins
 * with is quicker than the rest. Without lines it is "about N s to go", or nothing.
 */
void progresssay(const struct progress *last, long lines, double seconds, struct buf *out);

#endif
