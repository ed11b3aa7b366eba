/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Standard input on its way to the guest's console. */
#ifndef RUNQEMU_INQUEUE_H
#define RUNQEMU_INQUEUE_H

#include <stdbool.h>

#include "base/buf.h"

/* Zero-initialise before use. */
struct inqueue {
	struct buf pending; /* bytes that the console has not taken yet */
	bool ended;	    /* standard input has ended */
	bool midline;	    /* the last byte was no newline */
};

/* Whether more should be read now. */
bool inqueuewants(const struct inqueue *f);

/* Read some of standard input. Its end is told by f->ended. */
void inqueueread(struct inqueue *f);

/* What the keys of an end of file would send: makes a shell that reads a terminal end. */
void inqueueeot(struct inqueue *f);

/* Send what is pending to the console's socket, as far as it takes it. */
void inqueuesend(struct inqueue *f, int fd);

void inqueuefree(struct inqueue *f);

#endif
