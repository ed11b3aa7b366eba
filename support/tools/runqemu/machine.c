// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <stdlib.h>
#include <string.h>

#include "accel.h"

/* Whether the kernel may have all these symbols. */
static bool mayhave(const struct ikconfig *c, const struct strlist *symbols)
{
	for (size_t i = 0; ikconfigknown(c) && i < symbols->len; i++)
		if (!ikconfighas(c, symbols->item[i]))
			return false;
	return true;
}

static bool mayhaveone(const struct ikconfig *c, const char *symbol)
{
	return !ikconfigknown(c) || ikconfighas(c, symbol);
}

static bool isauto(const char *wish)
{
	return strcmp(wish, "auto") == 0;
}

bool machineknown(const struct arch *a, const char *name, char **all)
{
	const struct archmachine *m = archmachine(a, name);
	struct buf names = { 0 };

	*all = NULL;
	if (isauto(name) || (m && !m->variant))
		return true;
	bufputs(&names, "auto");
	for (size_t i = 0; i < a->machines; i++)
		if (!a->machine[i].variant)
			bufprintf(&names, ", %s", a->machine[i].name);
	*all = bufsteal(&names);
	return false;
}

/* Whether the machine has what the guest must have besides. */
static bool offers(const struct archmachine *m, const struct machineneeds *n)
{
	return (!n->pci || m->pci.len) && (!n->numa || m->numa.len) && firmwarefits(m, n->firmware);
}

/* Return the first machine that boots one of the kernels. */
static const struct archmachine *first(const struct arch *a, const struct kernels *k, bool known,
				       const struct machineneeds *n)
{
	for (size_t i = 0; i < a->machines; i++) {
		const struct archmachine *m = &a->machine[i];

		if (!m->variant && kernelfor(k, m) && (known || !m->known) && offers(m, n))
			return m;
	}
	return NULL;
}

/*
 * Return the variant of a machine that the guest needs: where it can turn itself off, or where its
 * drivers find their devices; else the machine itself.
 */
static const struct archmachine *variant(const struct arch *a, const struct archmachine *m,
					 const struct ikconfig *c, const struct machineneeds *n)
{
	for (size_t i = 0; ikconfigknown(c) && i < a->machines; i++) {
		const struct archmachine *v = &a->machine[i];

		if (!v->variant || strcmp(v->variant, m->name) != 0 || !mayhave(c, &v->symbols))
			continue;
		if ((n->poweroff && m->poweroff && !v->poweroff) ||
		    (n->fwcfg && m->fwcfg && !v->fwcfg) || !mayhave(c, &m->needs))
			return v;
	}
	return m;
}

/* The last part of a path. */
static const char *base(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path;
}

/* What the machine boots, in words. Caller frees. */
static char *kinds(const struct arch *a, const struct archmachine *m)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < m->kernel.len; i++) {
		const char *kind = m->kernel.item[i];

		bufputs(&text, i ? " or " : "");
		if (strcmp(kind, "image") == 0)
			bufprintf(&text, "the kernel's %s", base(a->image));
		else if (strcmp(kind, "pvh") == 0)
			bufputs(&text, "a vmlinux with a PVH entry (CONFIG_PVH=y)");
		else
			bufputs(&text, "a vmlinux");
	}
	return bufsteal(&text);
}

/* Why the machine m does not boot one of the kernels; other is one that does, or NULL. */
static char *bootsnot(const struct arch *a, const struct archmachine *m, const struct kernels *k,
		      const struct archmachine *other)
{
	char *what, *why;

	if (!other && k->elf && a->image && listhas(&m->kernel, "pvh"))
		return xasprintf("%s has no PVH entry, without which QEMU cannot start a vmlinux: "
				 "build the kernel with CONFIG_PVH=y or give its %s",
				 k->elf, base(a->image));
	what = kinds(a, m);
	why = xasprintf("the machine %s boots %s: give one by --kernel%s%s", m->name, what,
			other ? " or use --machine " : "", other ? other->name : "");
	free(what);
	return why;
}

/* Set which devices the kernel has drivers for. */
static void devices(struct machine *m, const struct arch *a, const struct ikconfig *c)
{
	bool virtio = mayhave(c, &m->desc->needs);

	m->virtio = virtio && mayhaveone(c, "VIRTIO_CONSOLE");
	m->net = virtio && mayhaveone(c, "VIRTIO_NET");
	m->disk = virtio && mayhaveone(c, "VIRTIO_BLK");
	m->share = virtio && mayhaveone(c, "NET_9P_VIRTIO") && mayhaveone(c, "9P_FS");
	m->pci = m->desc->pci.len && mayhave(c, &m->desc->pci);
	m->nvme = m->pci && mayhaveone(c, "BLK_DEV_NVME");
	m->numa = m->desc->numa.len && mayhave(c, &m->desc->numa);
	m->vsock = virtio && mayhaveone(c, "VIRTIO_VSOCKETS");
	/* FUSE has the guest's byte order and O_ flags, and virtiofsd reads those of this machine.
	 */
	m->virtiofs = virtio && ikconfighas(c, "VIRTIO_FS") && accelhost(a);
	m->overlay = mayhaveone(c, "OVERLAY_FS");
	m->uart = (!m->virtio || !ikconfigknown(c)) && m->desc->serial;
	/*
	 * Memory leaks; an initramfs that cannot be unpacked, which may also be a disk image; and
	 * the results of the kernel's own tests.
	 */
	m->talks = ikconfighas(c, "DEBUG_KMEMLEAK") || ikconfighas(c, "BLK_DEV_RAM") ||
		   ikconfighas(c, "KUNIT");
	m->fwcfg = ikconfighas(c, "FW_CFG_SYSFS");
	m->acpi = mayhaveone(c, "ACPI");
	m->moves = a->nokaslr && mayhaveone(c, "RANDOMIZE_BASE");
}

char *machinechoose(struct machine *m, const struct arch *a, const char *wish,
		    const struct kernels *k, const struct ikconfig *c,
		    const struct machineneeds *needs)
{
	static const struct machineneeds nothing;
	const struct archmachine *any = first(a, k, true, &nothing), *d;

	d = isauto(wish) ? first(a, k, ikconfigknown(c), needs) : archmachine(a, wish);
	if (!d && isauto(wish))
		d = first(a, k, ikconfigknown(c), &nothing);
	*m = (struct machine){ .arch = a };
	if (!d || !any || !kernelfor(k, d))
		return bootsnot(a, d ? d : &a->machine[0], k, isauto(wish) ? NULL : any);
	m->type = d->name;
	m->desc = variant(a, d, c, needs);
	m->kernel = kernelfor(k, m->desc);
	m->bus = m->desc->bus;
	devices(m, a, c);
	return NULL;
}
