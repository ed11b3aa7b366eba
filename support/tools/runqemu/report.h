/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports on the end of a run, and exit codes. */
#ifndef RUNQEMU_REPORT_H
#define RUNQEMU_REPORT_H

#include "guest.h"
#include "machine.h"
#include "options.h"

/* Exit codes in addition to those of msg.h. A command in the guest may exit with the same ones. */
enum {
	EXIT_FLAKY = 118,   /* of several runs, some failed and others did not */
	EXIT_TESTS = 119,   /* the command succeeded, but tests in its output failed */
	EXIT_TROUBLE = 120, /* the command ended, but the kernel has a trouble (trouble.h) */
	EXIT_GONE = 121,    /* the guest ended before the command did */
	EXIT_PANIC = 122,   /* its kernel panicked */
	EXIT_NOINIT = 123,  /* the guest never reached init */
	EXIT_TIMEOUT = 124, /* no sign of life for too long */
	EXIT_QEMU = 125,    /* QEMU, or runqemu itself, failed */
};

/* Context of a report. */
struct reportfor {
	enum mode mode;
	long silence;	 /* most ms without a sign of life */
	bool kvm;	 /* the guest ran under KVM */
	bool strict;	 /* kernel trouble, and failed tests, make a command fail */
	bool expects;	 /* there is a list of tests that are known to fail */
	bool shown;	 /* the console was shown during the run */
	unsigned memory; /* of the guest, in MiB */
	unsigned least;	 /* the memory it needs at least, MiB; 0: not known */
	const struct machine *machine;
	const struct options *options;
};

/* Print on standard error how the run ended, unless it succeeded. Returns the exit code. */
int report(struct guestend *end, const struct reportfor *f);

/* Return the signal that runqemu must end with, like a program that does not catch it; 0: none. */
int reportsignal(const struct guestend *end);

#endif
