/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A guest that runs, for the parts of guest.c. */
#ifndef RUNQEMU_GUESTSTATE_H
#define RUNQEMU_GUESTSTATE_H

#include "guest.h"
#include "hush.h"
#include "inqueue.h"
#include "outqueue.h"
#include "qmp.h"
#include "records.h"
#include "snapshots.h"
#include "testtap.h"
#include "vm.h"

struct guest {
	const struct guestspec *spec;
	struct guestend *end;
	struct vm vm;
	struct qmp qmp;
	struct stream stream[CH_TTY + 1]; /* the session's data on each channel */
	struct outqueue out, err;	  /* our standard output and error */
	struct inqueue input;		  /* our standard input */
	struct hush hush;		  /* filter for a quiet terminal */
	struct testtap tap;		  /* looks for results of tests */
	struct snapshots snapshots;	  /* of a guest that is recorded */
	int signals;			  /* signalfd */
	/* ms of the clock: */
	long start;  /* when QEMU was started */
	long boot;   /* since when the guest may be booting */
	long life;   /* when anything was last heard of the guest */
	long lockup; /* when its kernel last reported one, and gave no other sign since; 0: not */
	long before; /* with lockup: when it gave a sign before that */
	long line;   /* when it gave one before the line that it prints */
	long eot;    /* when an end of file was last sent to its shell; 0: never */
	long quit;   /* when QEMU was told to end; 0: never */
};

/* The guest gave a sign of life. */
void guestalive(struct guest *g);

/*
 * It printed something on its console: begins, that is the beginning of a line; reports, a line
 * ended that reports a lockup, as a kernel does again and again.
 */
void guestprinted(struct guest *g, bool begins, bool reports);

/* When it last gave one; reports of a lockup, and what follows them on the console, are none. */
long guestlife(const struct guest *g);

/* Set the outcome, unless it is set already, and end QEMU: a replay by its own end. */
void guestconclude(struct guest *g, enum outcome outcome, int status);

/* Tell QEMU to end, if nothing else is wanted of it. */
void guestquit(struct guest *g);

/*
 * The stream whose session sent its status, if any: that of the output, which uses one of two
 * channels, or the console of a shell. No other stream counts.
 */
const struct stream *gueststatus(const struct guest *g);

/* Whether a session is ready. */
bool guestready(const struct guest *g);

#endif
