/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Standard input on its way to the guest's console. */
#ifndef RUNQEMU_FEED_H
#define RUNQEMU_FEED_H

#include <stdbool.h>

#include "buf.h"

/* Zero-initialise before use. */
struct feed {
	struct buf pending; /* bytes that the console has not taken yet */
	bool ended;	    /* standard input has ended */
	bool midline;	    /* the last byte was no newline */
};

/* Whether more should be read now. */
bool feedwants(const struct feed *f);

/* Read some of standard input. Its end is told by f->ended. */
void feedread(struct feed *f);

/* What the keys of an end of file would send: makes a shell that reads a terminal end. */
void feedeot(struct feed *f);

/* Send what is pending to the console's socket, as far as it takes it. */
void feedsend(struct feed *f, int fd);

void feedfree(struct feed *f);

#endif
