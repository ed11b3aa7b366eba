/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a run ended, for people and for scripts. */
#ifndef RUNQEMU_REPORT_H
#define RUNQEMU_REPORT_H

#include "guest.h"

/* Exit codes besides those of msg.h; a command in the guest may exit with the same ones. */
enum {
	EXIT_TROUBLE = 120, /* the command has ended, but its kernel is not well (trouble.h) */
	EXIT_GONE = 121,    /* the guest ended before the command did */
	EXIT_PANIC = 122,   /* its kernel panicked */
	EXIT_NOINIT = 123,  /* it never reached init */
	EXIT_TIMEOUT = 124, /* no sign of life for too long */
	EXIT_QEMU = 125,    /* QEMU, or runqemu itself, failed */
};

/* What else has to be known to tell how a run ended. */
struct reportfor {
	enum mode mode;
	long silence;	 /* ms that were allowed without a sign of life */
	bool kvm;	 /* what the guest ran under */
	bool strict;	 /* a kernel that is not well makes a command fail */
	bool shown;	 /* the console was shown as it went */
	unsigned memory; /* of the guest, in MiB */
	unsigned least;	 /* below which it cannot begin; 0: not known */
};

/* Say on standard error how the run ended, unless it ended well, and return the exit code. */
int report(struct guestend *end, const struct reportfor *f);

/* The signal that we have to end by, as a program does that does not catch it; 0: none. */
int reportsignal(const struct guestend *end);

#endif
