/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages to the user. Only a tool's own files call these functions: the rest of support/lib
 * returns an error and prints nothing.
 *
 * If a format ends in ':', a blank and strerror(errno) are appended, as in warn("%s: cannot open:",
 * path). Messages are lower case and end without a full stop.
 */
#ifndef BASE_MSG_H
#define BASE_MSG_H

#include <stdio.h>

/* Exit codes that all tools share. runqemu documents more of its own. */
enum {
	EXIT_OK = 0,
	EXIT_FAILED = 1, /* the tool failed; the message says why */
	EXIT_USAGE = 2,	 /* the command line is wrong */
};

/* The name at the start of each message. main sets it once. */
extern const char *progname;

/*
 * Print to f, with control characters escaped as by bufvisible (visible.h). For text that contains
 * untrusted parts.
 */
void tell(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * Print "progname: message" to standard error, escaped as by bufvisible (visible.h). Keeps errno.
 */
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Call warn, then exit with EXIT_FAILED. */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

/* Call warn, print the hint "try 'progname --help'", then exit with EXIT_USAGE. */
void dieusage(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
