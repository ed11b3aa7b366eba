/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of the command line. Strings are borrowed from argv. */
#ifndef FETCH_CMDLINE_H
#define FETCH_CMDLINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

struct config {
	const char *list;	/* list of files to fetch; "-" for standard input */
	const char *dir;	/* download directory; "" for the current one */
	const char *dest;	/* directory of the mirror copy; NULL: none */
	const char *pool;	/* base URL of the Debian mirror; NULL: ask apt when needed */
	struct strlist mirrors; /* base URLs, tried before an entry's own */
	unsigned jobs;		/* number of simultaneous transfers, at least 1 */
	unsigned retries;	/* retries for each URL */
	unsigned backoff;	/* pause before the first retry, milliseconds; it doubles */
	unsigned timeout;	/* timeout for connecting, seconds */
	unsigned stall;		/* abort a transfer after this many seconds below 1 KiB/s */
	off_t minrate;		/* minimum rate of a transfer, bytes per second; 0: none */
	unsigned window; /* seconds over which the rate is measured, in consecutive windows */
	off_t maxsize;	 /* maximum size of a file, bytes */
	bool offline;	 /* use only the download directory and mirrors */
	bool check;	 /* verify existing files */
	bool print;	 /* print the list with all URLs; fetch nothing */
	bool quiet;	 /* print errors only */
};

/* Parse the command line into *c. Exits after --help, and with EXIT_USAGE on an error. */
void cmdlineparse(struct config *c, int argc, char **argv);

#endif
