/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The choice of a machine type that the kernel can boot on, the best first, and of the devices that
 * it has drivers for.
 */
#ifndef RUNQEMU_MACHINE_H
#define RUNQEMU_MACHINE_H

#include <stdbool.h>

#include "firmware.h"
#include "ikconfig.h"
#include "kernels.h"

struct machine {
	const struct arch *arch;	/* its architecture */
	const struct archmachine *desc; /* its description */
	const char *type;		/* its name for people: of a variant, that of its machine */
	const char *kernel;		/* path of the image to boot */
	const char *symbols;		/* the vmlinux for gdb; NULL: none; set by the caller */
	const char *bus;		/* suffix of the names of its virtio devices */
	bool virtio;			/* the kernel may support virtio-serial ports */
	bool uart;			/* a second serial port is needed, since it does not */
	bool net;			/* the kernel may support virtio-net */
	bool disk;			/* the kernel may support virtio-blk */
	bool share;			/* the kernel may support mounting directories by 9p */
	bool virtiofs;			/* the kernel supports mounting them by virtiofs */
	bool pci;			/* it has a PCI bus, and the kernel may support it */
	bool nvme;			/* the kernel may support NVMe disks there */
	bool numa;			/* the kernel may support NUMA nodes there */
	bool vsock;			/* the kernel may support vsock */
	bool acpi;			/* the kernel may support ACPI */
	bool overlay;			/* the kernel may support a writable layer (overlayfs) */
	bool talks;			/* the kernel reports faults or tests at level info */
	bool fwcfg;			/* the kernel can tell QEMU what a debugger needs */
	bool moves; /* the kernel may be at random addresses, and understands nokaslr */
};

/*
 * Return whether a has a machine of that name to choose; if not, *all is set to the names of those
 * that there are, and "auto" (caller frees).
 */
bool machineknown(const struct arch *a, const char *name, char **all);

/* What the guest must have. */
struct machineneeds {
	bool poweroff;		/* it must be able to turn itself off */
	bool fwcfg;		/* its kernel must find the device fw_cfg */
	bool pci;		/* it must have a PCI bus, if some machine has one */
	bool numa;		/* and NUMA nodes */
	enum firmware firmware; /* and such firmware */
};

/*
 * Choose a machine of a; wish is "auto" or the name of one. Returns NULL, or the reason why there
 * is no such machine (caller frees).
 */
char *machinechoose(struct machine *m, const struct arch *a, const char *wish,
		    const struct kernels *k, const struct ikconfig *config,
		    const struct machineneeds *needs);

#endif
