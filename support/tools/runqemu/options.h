/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of runqemu. */
#ifndef RUNQEMU_OPTIONS_H
#define RUNQEMU_OPTIONS_H

#include <stdbool.h>

#include "base/buf.h"
#include "share.h"

enum accelwish { ACCEL_AUTO, ACCEL_KVM, ACCEL_TCG };
enum netwish { NET_AUTO, NET_ON, NET_OFF };

struct options {
	struct strlist kernels;	 /* kernel images as given, bzImage or vmlinux */
	const char *images;	 /* directory of such and more; NULL: not given */
	struct strlist found;	 /* paths of what was found there */
	const char *config;	 /* the kernel's .config; NULL: not given */
	const char *initramfs;	 /* NULL: the kernel has its own, or none */
	struct buf append;	 /* kernel arguments, joined by spaces */
	unsigned memory;	 /* MiB */
	unsigned cpus;		 /* virtual processors */
	enum accelwish accel;	 /* what --accel asks for */
	const char *machine;	 /* "auto" or QEMU's name of a machine type */
	long timeout;		 /* seconds of silence; 0: for ever; -1: not given */
	struct strlist qemuargs; /* more arguments for QEMU */
	const char *qemu;	 /* QEMU's name or path */
	const char *kernellog;	 /* where the console's output goes; NULL: nowhere */
	const char *cache;	 /* directory of what was learnt; NULL: the default */
	enum netwish net;	 /* a network interface */
	struct strlist shares;	 /* directories for the guest, as given */
	struct strlist disks;	 /* disks for it, as given */
	struct port *ports;	 /* of the guest on the host; owned */
	size_t portcount;
	const char *rundir; /* directory of the sockets; NULL: none */
	const char *attach; /* that of another guest, for a further shell there; NULL: boot one */
	const char *loaded; /* file to remove once QEMU has read its files; NULL: none */
	const char *json;   /* where the record of the run goes; NULL: nowhere */
	unsigned gdbport;   /* where QEMU's gdb server listens; 0: in rundir, if anywhere */
	bool debug;	    /* wait for gdb before the first instruction */
	bool strict;	    /* a kernel that is not well makes a command fail */
	bool guestinit;	    /* the image's own init runs the session */
	bool tune;	    /* add kernel arguments that shorten the boot */
	bool showlog;	    /* show all that the kernel says */
	bool verbose;	    /* print QEMU's command line */
	bool dryrun;	    /* print it and do not run it */
	char *command;	    /* for the guest's shell, owned; NULL: none was given */
};

/* Read the command line; on an error, or for --help, this exits. */
void optionsparse(struct options *o, int argc, char **argv);
void optionsfree(struct options *o);

#endif
