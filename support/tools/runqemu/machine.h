/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The choice of a machine type that the kernel at hand can boot on, quickest first, and of the
 * devices that its drivers know.
 */
#ifndef RUNQEMU_MACHINE_H
#define RUNQEMU_MACHINE_H

#include <stdbool.h>

#include "ikconfig.h"

struct kernels {
	const char *bzimage; /* path; NULL: not given */
	const char *vmlinux; /* path of one that has a PVH entry; NULL: not given */
	const char *elf;     /* path of one that has none, for messages */
};

struct machine {
	const char *type;    /* QEMU's name of the machine type */
	const char *kernel;  /* the image that it boots */
	const char *symbols; /* the vmlinux that gdb should have; NULL: none; set by who chose */
	bool acpi;	     /* it has ACPI, so that the guest can turn itself off */
	bool pctimers;	     /* it has the PIT or HPET of a PC, and the kernel uses them */
	const char *bus;     /* end of the names of its virtio devices: "device" or "pci" */
	bool virtio;	     /* the kernel may have what it takes for virtio-serial ports */
	bool uart;	     /* a second serial port is needed, for a kernel without those */
	bool net;	     /* the kernel may have virtio-net */
	bool disk;	     /* the kernel may have virtio-blk */
	bool share;    /* the kernel may have what it takes to mount the host's directories by 9p */
	bool virtiofs; /* it has what it takes to mount them by virtiofs */
	bool talks;    /* its kernel tells of some faults at the level of mere information */
};

/* Sort the kernel image at path into k. Returns NULL, or what is wrong with it (caller frees). */
char *kernelsadd(struct kernels *k, const char *path);

/*
 * Choose for the wish "auto" or a machine type's name. poweroff: the guest has to be able to turn
 * itself off. Returns NULL, or why there is no such machine (caller frees).
 */
char *machinechoose(struct machine *m, const char *wish, const struct kernels *k,
		    const struct ikconfig *config, bool poweroff);

#endif
