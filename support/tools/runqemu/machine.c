// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <errno.h>
#include <string.h>

#include "kernelimage.h"

char *kernelsadd(struct kernels *k, const char *path)
{
	switch (kernelfiletype(path)) {
	case -1:
		return xasprintf("cannot read the kernel %s: %s", path, strerror(errno));
	case KERNEL_BZIMAGE:
		k->bzimage = path;
		break;
	case KERNEL_PVH:
		k->vmlinux = path;
		break;
	case KERNEL_ELF:
		k->elf = path;
		break;
	default:
		return xasprintf("%s is not a kernel: neither a bzImage nor an x86-64 vmlinux",
				 path);
	}
	return NULL;
}

/* microvm has no bus to search for devices: the kernel must be told of them. */
static bool microvmvirtio(const struct ikconfig *c, bool acpi)
{
	return ikconfighas(c, "VIRTIO_MMIO") &&
	       (acpi || ikconfighas(c, "VIRTIO_MMIO_CMDLINE_DEVICES"));
}

static bool by9p(const struct ikconfig *c)
{
	return !ikconfigknown(c) || (ikconfighas(c, "NET_9P_VIRTIO") && ikconfighas(c, "9P_FS"));
}

static void microvm(struct machine *m, const struct kernels *k, const struct ikconfig *c,
		    bool poweroff)
{
	bool virtio;

	/* Without ACPI the boot is quicker, but the guest cannot turn itself off. */
	m->acpi = ikconfighas(c, "ACPI") && (poweroff || !microvmvirtio(c, false));
	virtio = !ikconfigknown(c) || microvmvirtio(c, m->acpi);
	m->pctimers = !m->acpi; /* its ACPI says that there are none */
	m->type = "microvm";
	m->kernel = k->vmlinux;
	m->bus = "device";
	m->virtio = virtio && (!ikconfigknown(c) || ikconfighas(c, "VIRTIO_CONSOLE"));
	m->net = virtio && (!ikconfigknown(c) || ikconfighas(c, "VIRTIO_NET"));
	m->disk = virtio && (!ikconfigknown(c) || ikconfighas(c, "VIRTIO_BLK"));
	m->share = virtio && by9p(c);
	m->virtiofs = virtio && ikconfighas(c, "VIRTIO_FS");
}

static void pc(struct machine *m, const char *type, const struct kernels *k,
	       const struct ikconfig *c)
{
	bool virtio = !ikconfigknown(c) || ikconfighas(c, "VIRTIO_PCI");

	m->acpi = true;
	m->pctimers = true;
	m->type = type;
	m->kernel = k->vmlinux ? k->vmlinux : k->bzimage;
	m->bus = "pci";
	m->virtio = virtio && (!ikconfigknown(c) || ikconfighas(c, "VIRTIO_CONSOLE"));
	m->net = virtio && (!ikconfigknown(c) || ikconfighas(c, "VIRTIO_NET"));
	m->disk = virtio && (!ikconfigknown(c) || ikconfighas(c, "VIRTIO_BLK"));
	m->share = virtio && by9p(c);
	m->virtiofs = virtio && ikconfighas(c, "VIRTIO_FS");
}

char *machinechoose(struct machine *m, const char *wish, const struct kernels *k,
		    const struct ikconfig *c, bool poweroff)
{
	bool automatic = strcmp(wish, "auto") == 0;

	*m = (struct machine){ 0 };
	if (!k->vmlinux && !k->bzimage)
		return xasprintf("%s has no PVH entry, without which QEMU cannot start a vmlinux: "
				 "build the kernel with CONFIG_PVH=y or give its bzImage",
				 k->elf);
	if (strcmp(wish, "microvm") == 0 && !k->vmlinux)
		return xasprintf("the machine microvm boots a vmlinux with a PVH entry "
				 "(CONFIG_PVH=y): give one by --kernel or use --machine q35");
	if (strcmp(wish, "microvm") == 0 || (automatic && k->vmlinux && ikconfigknown(c)))
		microvm(m, k, c, poweroff);
	else
		pc(m, automatic ? "q35" : wish, k, c);
	m->uart = !m->virtio || !ikconfigknown(c);
	/*
	 * Memory leaks; and an initramfs that cannot be unpacked, which may also be a disk image.
	 */
	m->talks = ikconfighas(c, "DEBUG_KMEMLEAK") || ikconfighas(c, "BLK_DEV_RAM");
	return NULL;
}
