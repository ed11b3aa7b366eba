/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The choice of a machine type that the kernel can boot on, the fastest first, and of the devices
 * that it has drivers for.
 */
#ifndef RUNQEMU_MACHINE_H
#define RUNQEMU_MACHINE_H

#include <stdbool.h>

#include "ikconfig.h"

struct kernels {
	const char *bzimage; /* path; NULL: not given */
	const char *vmlinux; /* path of a vmlinux with a PVH entry; NULL: not given */
	const char *elf;     /* path of a vmlinux without one, for messages */
};

struct machine {
	const char *type;    /* QEMU's machine type */
	const char *kernel;  /* path of the image to boot */
	const char *symbols; /* the vmlinux for gdb; NULL: none; set by the caller */
	bool acpi;	     /* has ACPI, so that the guest can turn itself off */
	bool pctimers;	     /* has the PIT or HPET of a PC, and the kernel uses them */
	const char *bus;     /* suffix of the names of its virtio devices: "device" or "pci" */
	bool virtio;	     /* the kernel may support virtio-serial ports */
	bool uart;	     /* a second serial port is needed, since it does not */
	bool net;	     /* the kernel may support virtio-net */
	bool disk;	     /* the kernel may support virtio-blk */
	bool share;	     /* the kernel may support mounting directories by 9p */
	bool virtiofs;	     /* the kernel supports mounting them by virtiofs */
	bool talks;	     /* the kernel reports some faults at level info */
};

/* Add the kernel image at path to k, by its type. Returns NULL, or an error (caller frees). */
char *kernelsadd(struct kernels *k, const char *path);

/*
 * Choose the machine; wish is "auto" or a machine type. poweroff: the guest must be able to turn
 * itself off. Returns NULL, or the reason why there is no such machine (caller frees).
 */
char *machinechoose(struct machine *m, const char *wish, const struct kernels *k,
		    const struct ikconfig *config, bool poweroff);

#endif
