/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line of a tool. Every tool answers --help, -h and --version in the same way.
 * These functions print and exit, so only a tool's own files call them.
 */
#ifndef BASE_GETOPTION_H
#define BASE_GETOPTION_H

#include <getopt.h>

/* Values of long options without a letter start at OPTION_FIRST. */
enum {
	OPTION_FIRST = 256,
	OPTION_VERSION = 1024,
};

/* The last entries of every table of long options: --help, --version and the end of the table. */
#define OPTIONS_END                                                                                \
	{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, OPTION_VERSION },      \
	{                                                                                          \
		0                                                                                  \
	}

/*
 * Return the value of the next option, as getopt_long does, or -1 after the last one; then optind
 * is the index of the first operand. shorts starts with ":h", or with "+:h" if options end at the
 * first operand. --help prints usage and exits, --version prints the version and exits. An unknown
 * option, a missing value or an unexpected value is a usage error (dieusage).
 */
int getoption(int argc, char **argv, const char *shorts, const struct option *longs,
	      const char *usage);

/*
 * Return text, the value of option, as a whole number from min to max. Anything else is a usage
 * error that names the option.
 */
long long numberoption(const char *option, const char *text, long long min, long long max);

/*
 * For a tool that parses its arguments itself, or has commands: if an argument before "--" is
 * --help or --version, answer it as getoption does and exit.
 */
void getoptionanswer(int argc, char **argv, const char *usage);

/* Print "NAME (Whittle) VERSION" and exit. */
void versionshow(void) __attribute__((noreturn));

#endif
