/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The logical lines of a Kconfig file, and its help texts. */
#ifndef KCONFIG_KLINE_H
#define KCONFIG_KLINE_H

#include "base/buf.h"

/* A text that is cut up in place. Start with next, end, file and prefix. */
struct klines {
	char *next;	    /* where the next physical line starts */
	char *end;	    /* of the text */
	unsigned number;    /* of the line last read, from 1 */
	unsigned start;	    /* of the first of those that were joined to one */
	unsigned column;    /* where the text of that one begins, from 0, a tab to every eighth */
	const char *prefix; /* take only lines that start with this, and without it; NULL: all */
	const char *file;   /* relative to the tree; for messages */
};

/*
 * The next statement: lines that end in a backslash are joined by one blank, comments and blanks
 * around it are cut off, empty lines are passed over. NULL at the end.
 */
char *klinenext(struct klines *l);

/* Where a help text begins. */
struct khelp {
	unsigned line;	 /* of its first line that is not blank; 0: there is no text */
	unsigned column; /* of that */
};

/*
 * Read a help text, which ends at the first line that is indented less than its first. Its lines
 * are added to out, which may be NULL.
 */
struct khelp klinehelp(struct klines *l, struct buf *out);

#endif
