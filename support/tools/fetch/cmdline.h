/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the command line asked for. Strings are borrowed from it. */
#ifndef FETCH_CMDLINE_H
#define FETCH_CMDLINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

struct config {
	const char *list;	/* file that lists what to fetch, "-" for standard input */
	const char *dir;	/* download directory, "" for the current one */
	const char *dest;	/* where to leave a mirror copy; NULL: nowhere */
	const char *pool;	/* base of the Debian mirror; NULL: ask apt when it is needed */
	struct strlist mirrors; /* base URLs, tried before an entry's own */
	unsigned jobs;		/* transfers at a time, at least 1 */
	unsigned retries;	/* further tries for each URL after the first */
	unsigned backoff;	/* pause before the first retry, milliseconds; it doubles */
	unsigned timeout;	/* to connect, seconds */
	unsigned stall;		/* seconds below 1 KiB/s after which a transfer is given up */
	off_t minrate;		/* bytes a second that a try has to bring, 0: any */
	unsigned window;	/* seconds over which that is looked at, each time anew */
	off_t maxsize;		/* bytes that a file may have */
	bool offline;		/* only the cache and mirrors */
	bool check;		/* verify files that are there already */
	bool print;		/* print the list with all URLs, fetch nothing */
	bool quiet;		/* print errors only */
};

/* Fill c from the command line; exits after --help, and with EXIT_USAGE on a wrong one. */
void cmdlineparse(struct config *c, int argc, char **argv);

#endif
