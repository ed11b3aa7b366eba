/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of runqemu. */
#ifndef RUNQEMU_OPTIONS_H
#define RUNQEMU_OPTIONS_H

#include <stdbool.h>

#include "arch/arch.h"
#include "base/buf.h"
#include "disk.h"
#include "firmware.h"
#include "fold.h"
#include "lan.h"
#include "numa.h"
#include "share.h"

enum accelwish { ACCEL_AUTO, ACCEL_KVM, ACCEL_TCG };
enum netwish { NET_AUTO, NET_ON, NET_OFF };

struct options {
	struct strlist kernels;	 /* kernel images as given */
	const char *images;	 /* directory of boot files; NULL: not given */
	struct strlist found;	 /* paths of the files found there; owned */
	const char *config;	 /* the kernel's .config; NULL: not given */
	const char *modules;	 /* directory of the kernel's modules; NULL: not given */
	struct strlist symbols;	 /* files and directories of modules with debug information */
	const char *source;	 /* the kernel's sources; NULL: where the build had them */
	struct strlist maps;	 /* FROM=TO: where directories of the build are now */
	const char *initramfs;	 /* initramfs; NULL: built into the kernel, or none */
	struct buf append;	 /* kernel arguments, joined by spaces */
	unsigned memory;	 /* MiB */
	unsigned cpus;		 /* virtual processors */
	enum accelwish accel;	 /* from --accel */
	struct archs archs;	 /* descriptions of architectures; owned */
	const char *arch;	 /* architecture, by name or file; NULL: not given */
	const char *machine;	 /* "auto" or the name of a machine */
	long timeout;		 /* seconds without a sign of life; 0: no limit; -1: not given */
	struct strlist qemuargs; /* more arguments for QEMU */
	const char *qemu;	 /* QEMU's name or path; NULL: not given */
	const char *kernellog;	 /* log of the console; NULL: none */
	const char *cache;	 /* directory of what runqemu remembers; NULL: the default */
	enum netwish net;	 /* a network interface */
	struct strlist shares;	 /* shared directories, as given */
	struct strlist disks;	 /* disks, as given */
	const char *boot;	 /* disk image with the root file system; NULL: initramfs */
	enum firmware firmware;	 /* what boots it */
	enum diskkind bootas;	 /* what it is to the guest */
	bool keep;		 /* what the guest writes to it stays there */
	const char *nodes;	 /* NUMA nodes, as given; NULL: not given */
	struct numa numa;	 /* NUMA nodes; none: memory and processors are one */
	struct lan lan;		 /* a network with other guests; owned */
	unsigned vsock;		 /* context id of the guest's vsock; 0: it has none */
	const char *root;	 /* directory that is the guest's root; NULL: the initramfs is */
	struct strlist hide; /* what the guest must not see of it, besides what is hidden anyway */
	bool hidenone;	     /* only what is in hide is hidden */
	const char *user;    /* with root: the user who runs the command; NULL: root */
	struct port *ports;  /* forwarded ports; owned */
	size_t portcount;
	const char *rundir; /* directory of the sockets; NULL: none */
	const char *attach; /* run directory of a running guest, for a further shell; NULL: boot a
			       guest */
	const char *record; /* directory for a recording of the run; NULL: none */
	int snapshots;	    /* most snapshots of a recording; -1: not given */
	const char *replay; /* a recording to play; NULL: none */
	const char *loaded; /* file to remove once QEMU has read its files; NULL: none */
	const char *json;   /* file for the JSON record of the run; NULL: none */
	unsigned gdbport;   /* port of QEMU's gdb server; 0: socket in rundir, if any */
	const char *junit;  /* file for JUnit XML; NULL: none */
	const char *expect; /* list of tests that are known to fail; NULL: none */
	unsigned repeat;    /* how often to run the command; 0: not given */
	const char *run;    /* which of these this one is, in words; NULL: the only one */
	const char *keepfailed;	     /* directory for the files of the first failure; NULL: none */
	const char *remember;	     /* directory for what 'make repro' packs; NULL: none */
	struct strlist with;	     /* NAME=FILE: what is copied there, too */
	const char *output;	     /* copy of the command's output; NULL: none */
	bool logquiet;		     /* kernellog has only what the console shows without it */
	enum foldkind fold;	     /* marks for a CI system */
	bool debug;		     /* wait for gdb before the first instruction */
	bool strict;		     /* kernel trouble makes a command fail */
	bool guestinit;		     /* the image's own init runs the session */
	bool tune;		     /* add kernel arguments that shorten the boot */
	bool decode;		     /* show traces once more, with files and lines */
	bool decodeall;		     /* of a run that did not fail, too */
	bool showlog;		     /* show all kernel messages */
	bool verbose;		     /* print QEMU's command line */
	bool dryrun;		     /* print it and do not run it */
	const char *crash;	     /* directory of guests that crashed; NULL: they are not kept */
	unsigned long long crashmax; /* most bytes in it */
	char *command;		     /* shell command for the guest; NULL: none; owned */
};

/* Parse the command line. Exits on an error, and after --help. */
void optionsparse(struct options *o, int argc, char **argv);
void optionsfree(struct options *o);

#endif
