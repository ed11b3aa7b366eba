/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The places in a console line where a kernel message may begin. The kernel prints at any time:
 * also after an incomplete line of a program, and after characters that a terminal does not show,
 * such as a carriage return or a change of colour.
 */
#ifndef OOPS_LINESTART_H
#define OOPS_LINESTART_H

#include <stdbool.h>

/* An iterator over a line. Set next and fresh before use. */
struct places {
	const char *next; /* where to search next; at first the line, a C string */
	bool fresh;	  /* no visible text is before next */
	bool begins; /* the last place begins a line: it is the first visible text, or the kernel's
			time or caller is before it */
	const char *hidden; /* end of an escape sequence; NULL: none was found yet */
	char before;	    /* byte before next */
};

/*
 * Return the next place: a text to the end of the line; NULL after the last. If begins is set, it
 * points after the kernel's level, time and caller, if these are there. Text after a quotation mark
 * is skipped: it is a quote.
 */
const char *placenext(struct places *w);

/* Return the text of a line, after the kernel's level, time and caller, if they are there. */
const char *linetext(const char *line);

#endif
