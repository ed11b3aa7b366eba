/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command lines of QEMU and of the kernel. */
#ifndef RUNQEMU_LAUNCH_H
#define RUNQEMU_LAUNCH_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "modules.h"
#include "options.h"

struct accel {
	bool kvm;	 /* KVM, else TCG */
	const char *cpu; /* QEMU's processor model; NULL: its own choice */
};

struct launch {
	const struct options *options;
	const struct machine *machine;
	struct accel accel;
	enum mode mode;
	unsigned long tsckhz;		   /* the rate of the time stamp counter; 0: not known */
	struct shares *shares;		   /* shared directories; NULL: none */
	struct guestroot *root;		   /* the guest's root file system; NULL: the initramfs */
	struct modules *modules;	   /* the kernel's; of these, what the guest needs first */
	const struct disks *disks;	   /* disks; NULL: none */
	const char *uefi;		   /* file of UEFI's firmware; NULL: none */
	const struct recording *recording; /* what is played again; NULL: a guest boots */
	bool gdb;			   /* a socket for gdb is at VM_GDB */
	bool shells;			   /* the guest offers further shells */
	bool portable; /* the command line is for another machine (portable.h) */
};

/* Return whether the guest has a network interface. */
bool launchnet(const struct launch *l);

/* Return whether the kernel prints all its messages: for a log, or for debugging. */
bool launchloud(const struct launch *l);

/* Return whether the guest is kept when it crashes: QEMU only stops it then. */
bool launchkeeps(const struct launch *l);

/* Append the kernel's command line to out. */
void launchappend(const struct launch *l, struct buf *out);

/* Return whether our layer is added to the initramfs (session.h). */
bool launchlayer(const struct launch *l);

/* Append QEMU's command line to argv; its program comes first. */
void launchargv(const struct launch *l, struct strlist *argv);

/* Append argv to out, quoted for a shell. */
void launchquote(const struct strlist *argv, struct buf *out);

/* Print argv, quoted for a shell, and a newline. */
void launchprint(const struct strlist *argv, FILE *to);

/* How the guest is used, for these options and our standard input. */
enum mode launchmode(const struct options *o);

#endif
