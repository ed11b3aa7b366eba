/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line of a tool. Every tool answers --help, -h and --version in the same way.
 * These functions print and exit, so only a tool's own files call them.
 */
#ifndef BASE_GETOPTION_H
#define BASE_GETOPTION_H

#include <getopt.h>

/* Values of long options that have no letter begin at OPTION_FIRST. */
enum {
	OPTION_FIRST = 256,
	OPTION_VERSION = 1024,
};

/* The last entries of each table of long options: --help, --version and the end of the table. */
#define OPTIONS_END                                                                                \
	{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, OPTION_VERSION },      \
	{                                                                                          \
		0                                                                                  \
	}

/*
 * The next option, as getopt_long gives it: its value, or -1 after the last one; then optind is the
 * index of the first operand. shorts begins with ":h", or with "+:h" if options end at the first
 * operand. --help prints usage and ends the program, --version prints the version and ends it. An
 * unknown option, a missing value and a value too many are a usage error (dieusage).
 */
int getoption(int argc, char **argv, const char *shorts, const struct option *longs,
	      const char *usage);

/*
 * For a tool that parses its arguments itself, or has commands: if one of them, before "--", is
 * --help or --version, answer it as getoption does and end the program.
 */
void getoptionanswer(int argc, char **argv, const char *usage);

/* Print "NAME (Whittle) VERSION" and end the program. */
void versionshow(void) __attribute__((noreturn));

#endif
