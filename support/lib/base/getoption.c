// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/getoption.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/number.h"

/* The makefile defines WHITTLE_VERSION as bare words, such as 0.1.0. Make a string of them. */
#define STRING(words)  STRING1(words)
#define STRING1(words) #words

/* Exit. Fail if the output could not be written. */
__attribute__((noreturn)) static void finish(void)
{
	if (fflush(stdout) != 0)
		die("cannot write to standard output:");
	exit(EXIT_OK);
}

__attribute__((noreturn)) static void helpshow(const char *usage)
{
	fputs(usage, stdout);
	finish();
}

void versionshow(void)
{
	printf("%s (Whittle) %s\n", progname, STRING(WHITTLE_VERSION));
	finish();
}

/* Report the option of argv that getopt_long rejected, and exit. */
__attribute__((noreturn)) static void reject(char **argv, const struct option *longs)
{
	for (; optopt && longs->name; longs++) {
		if (longs->val == optopt)
			dieusage("--%s takes no value", longs->name);
	}
	if (optopt)
		dieusage("unknown option '-%c'", optopt);
	dieusage("unknown option '%s'", argv[optind - 1]);
}

int getoption(int argc, char **argv, const char *shorts, const struct option *longs,
	      const char *usage)
{
	int c;

	opterr = 0;
	c = getopt_long(argc, argv, shorts, longs, NULL);
	switch (c) {
	case 'h':
		helpshow(usage);
	case OPTION_VERSION:
		versionshow();
	case ':':
		dieusage("%s wants a value", argv[optind - 1]);
	case '?':
		reject(argv, longs);
	}
	return c;
}

long long numberoption(const char *option, const char *text, long long min, long long max)
{
	long long n;

	if (!numberparse(text, min, max, &n))
		dieusage("%s takes a number from %lld to %lld, not '%s'", option, min, max, text);
	return n;
}

void getoptionanswer(int argc, char **argv, const char *usage)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0)
			helpshow(usage);
		if (strcmp(argv[i], "--version") == 0)
			versionshow();
	}
}
