/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A queue from standard input to the guest's console. */
#ifndef RUNQEMU_INQUEUE_H
#define RUNQEMU_INQUEUE_H

#include <stdbool.h>

#include "base/buf.h"

/* Zero-initialise before use. */
struct inqueue {
	struct buf pending; /* bytes not sent yet */
	bool ended;	    /* standard input has ended */
	bool midline;	    /* the last byte was no newline */
};

/* Return whether more should be read now. */
bool inqueuewants(const struct inqueue *f);

/* Read some of standard input. Sets f->ended at its end. */
void inqueueread(struct inqueue *f);

/* Queue an end of file as typed at a terminal, which makes a shell exit. */
void inqueueeot(struct inqueue *f);

/* Send pending bytes to the console's socket, as many as it accepts. */
void inqueuesend(struct inqueue *f, int fd);

void inqueuefree(struct inqueue *f);

#endif
