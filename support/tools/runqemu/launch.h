/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QEMU's command line, and the kernel's in it. */
#ifndef RUNQEMU_LAUNCH_H
#define RUNQEMU_LAUNCH_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "options.h"

struct accel {
	bool kvm;	 /* KVM, else TCG */
	const char *cpu; /* QEMU's name of the processor */
};

struct launch {
	const struct options *options;
	const struct machine *machine;
	struct accel accel;
	enum mode mode;
	unsigned long tsckhz;	   /* the rate of the time stamp counter; 0: not known */
	struct shares *shares;	   /* directories for the guest; NULL: none */
	const struct disks *disks; /* disks for it; NULL: none */
	bool gdb;		   /* there is a socket for gdb at VM_GDB */
	bool shells;		   /* the guest is to offer further shells */
};

/* Whether the kernel is left to say all that it wants to: for a log, or for whoever debugs it. */
bool launchloud(const struct launch *l);

/* Append the kernel's arguments to out. */
void launchappend(const struct launch *l, struct buf *out);

/* Whether a layer of ours goes before the initramfs (session.h). */
bool launchlayer(const struct launch *l);

/* Append QEMU's arguments, its program first, to argv. */
void launchargv(const struct launch *l, struct strlist *argv);

/* Append argv to out as a shell would take it. */
void launchquote(const struct strlist *argv, struct buf *out);

/* Print that, and a newline. */
void launchprint(const struct strlist *argv, FILE *to);

#endif
