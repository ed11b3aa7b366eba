/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where in a line of the console a line of the kernel's may begin. The kernel prints as soon as it
 * has something to say: behind what a program has written of its own line by then, and behind
 * what a terminal does not show, such as a return to the first column or a change of colour.
 */
#ifndef RUNQEMU_LINESTART_H
#define RUNQEMU_LINESTART_H

#include <stdbool.h>

/* A walk over a line. Set next and fresh before use. */
struct places {
	const char *next;   /* where to look next; at first the line, a C string */
	bool fresh;	    /* nothing that can be seen stands before that */
	bool begins;	    /* the last place begins a line: it is the first that can be seen, or
			       has the kernel's time or caller before it */
	const char *hidden; /* up to here is an escape sequence; NULL: none was seen yet */
	char before;	    /* the byte before next */
};

/*
 * The next text, from the place to the end of the line; NULL after the last. Where begins is set,
 * it comes after the level, the time and the caller if the kernel has put them there. What follows
 * a quotation mark is left out: someone talks of it.
 */
const char *placenext(struct places *w);

#endif
