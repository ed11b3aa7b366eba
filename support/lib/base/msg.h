/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages to people. Only a tool's own files call these: the rest of support/lib
 * returns an error and prints nothing.
 *
 * A format that ends in ':' gets ": strerror(errno)" style text added, as in
 * warn("%s: cannot open:", path). Messages are lower case and end without a full stop.
 */
#ifndef BASE_MSG_H
#define BASE_MSG_H

#include <stdio.h>

/* Exit codes that every tool shares; runqemu documents more of its own. */
enum {
	EXIT_OK = 0,
	EXIT_FAILED = 1, /* the work could not be done: the message says why */
	EXIT_USAGE = 2,	 /* the command line was not understood */
};

/* Name that opens each message: set it once in main. */
extern const char *progname;

/* Print to f as bufvisible (visible.h) has it: for people, where a part of it comes from outside.
 */
void tell(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Print "progname: message" to standard error, as bufvisible (visible.h) has it; errno is kept. */
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* warn, then exit with EXIT_FAILED. */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

/* warn, add the hint "try 'progname --help'", then exit with EXIT_USAGE. */
void dieusage(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
