/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading of the logical lines and help texts of a Kconfig file. */
#ifndef KCONFIG_KLINE_H
#define KCONFIG_KLINE_H

#include "base/buf.h"

/* A text that is modified in place. Set next, end, file and prefix before use. */
struct klines {
	char *next;	    /* start of the next physical line */
	char *end;	    /* end of the text */
	unsigned number;    /* number of the last line read, from 1 */
	unsigned start;	    /* number of the first physical line of the logical line */
	unsigned column;    /* column of its text, from 0; tab stops at every 8th column */
	const char *prefix; /* read only lines with this prefix, and remove it; NULL: all lines */
	const char *file;   /* relative to the tree; for messages */
};

/*
 * Return the next statement, or NULL at the end. Lines that end in a backslash are joined by one
 * blank. Comments and surrounding blanks are removed, and empty lines are skipped.
 */
char *klinenext(struct klines *l);

/* The position of a help text. */
struct khelp {
	unsigned line;	 /* of its first line that is not blank; 0: no text */
	unsigned column; /* of that line's text */
};

/*
 * Read a help text, which ends at the first line that is indented less than its first line. Appends
 * its lines to out, which may be NULL.
 */
struct khelp klinehelp(struct klines *l, struct buf *out);

#endif
