// SPDX-License-Identifier: GPL-2.0-or-later
#include "devices.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/msg.h"
#include "guard.h"
#include "kernels.h"
#include "modules.h"
#include "virtiofs.h"

#define MIB (1 << 20)

#define VSOCK_DEVICE "/dev/vhost-vsock"

/* Warn of what a guest's root can do on this host and should not, where it cannot be prevented. */
static void guardtell(const struct shares *s)
{
	bool works = guardworks();

	for (size_t i = 0; i < s->len; i++) {
		const struct share *one = &s->item[i];

		if (one->write && !works)
			warn("this kernel has no filters of system calls: the guest can make set-id files and "
			     "devices in %s",
			     one->dir);
		else if (one->write && one->setgid)
			warn("%s is a set-gid directory: the guest can make set-gid files in it",
			     one->dir);
	}
}

/* Start what serves the directories. */
static void serve(struct shares *s, const struct launch *l)
{
	char *why = NULL;

	if (l->machine->virtiofs)
		virtiofsstart(s, l->options->verbose);
	if (l->root)
		why = guestrootserve(l->root, s);
	if (why)
		warn("%s", why);
	free(why);
}

void devicesagain(struct launch *l)
{
	if (!sharevirtiofs(l->shares))
		return;
	virtiofsstop(l->shares);
	serve(l->shares, l);
}

static char *rootget(struct shares *s, const struct options *o, struct launch *l)
{
	char *why;

	if (!o->root) {
		l->root = NULL;
		return NULL;
	}
	why = guestrootget(l->root, s, o);
	l->root->network = launchnet(l);
	if (!why && !l->machine->overlay)
		why = xasprintf("the guest cannot have %s as its root: its kernel lacks "
				"CONFIG_OVERLAY_FS",
				o->root);
	return why;
}

/* The kernel's modules, too, unless the root file system has them. */
static char *modulesshare(struct shares *s, const struct launch *l)
{
	const struct modules *m = l->modules;
	char *text, *why, *own;

	if (!m->dir || l->options->record || !(l->machine->share || l->machine->virtiofs))
		return NULL;
	own = l->root ? xasprintf("%s/lib/modules/%s",
				  strcmp(l->root->dir, "/") ? l->root->dir : "", m->release)
		      : xstrdup("");
	text = xasprintf("%s:/lib/modules/%s", m->dir, m->release);
	why = strcmp(own, m->dir) == 0 ? NULL : shareadd(s, text);
	free(own);
	free(text);
	return why;
}

/* Choose the modules that the guest needs before it can mount anything. */
static char *modulesget(const struct launch *l)
{
	struct modules *m = l->modules;
	const struct archmachine *d = l->machine->desc;

	if (!m->dir)
		return NULL;
	for (size_t i = 0; i < d->needs.len; i++)
		modulesneed(m, d->needs.item[i]);
	modulesneed(m, "VIRTIO_CONSOLE");
	if (launchnet(l) || l->options->lan.on)
		modulesneed(m, "VIRTIO_NET");
	if (l->options->vsock)
		modulesneed(m, "VIRTIO_VSOCKETS");
	for (size_t i = 0; i < l->disks->len; i++)
		modulesneed(m, l->disks->item[i].kind == DISK_NVME ? "BLK_DEV_NVME" : "VIRTIO_BLK");
	for (size_t i = 0; i < l->shares->len; i++) {
		bool virtiofs = l->shares->item[i].virtiofs;

		modulesneed(m, virtiofs ? "VIRTIO_FS" : "NET_9P_VIRTIO");
		modulesneed(m, virtiofs ? "VIRTIO_FS" : "9P_FS");
	}
	if (l->root)
		modulesneed(m, "OVERLAY_FS");
	return modulesread(m);
}

static char *sharesget(struct shares *s, const struct options *o, struct launch *l)
{
	char *why = rootget(s, o, l);

	if (why)
		return why;
	for (size_t i = 0; i < o->shares.len; i++) {
		why = shareadd(s, o->shares.item[i]);
		if (why)
			return why;
	}
	why = modulesshare(s, l);
	if (why)
		return why;
	guardtell(s);
	if (!o->dryrun)
		serve(s, l);
	for (size_t i = 0; i < s->len; i++)
		if (!s->item[i].virtiofs && !l->machine->share)
			return xasprintf(
				"the guest cannot mount directories of the host: its kernel "
				"lacks CONFIG_9P_FS, CONFIG_NET_9P_VIRTIO or a virtio bus");
	if (s->len && l->mode == MODE_TERMINAL && !o->guestinit)
		return xasprintf("at a terminal %s needs an image whose init ends in "
				 "/sbin/console, and --guest-init",
				 o->root ? "--root" : "--share");
	return NULL;
}

/* The image that has the root file system is the first disk. */
static char *bootget(struct disks *d, const struct options *o, struct launch *l)
{
	char *why;

	if (!o->boot)
		return NULL;
	if (o->command && !o->guestinit)
		return xasprintf("a command in an image (--boot) needs one whose init ends in "
				 "/sbin/console, and --guest-init");
	why = firmwarefind(&l->uefi, l->machine->arch, l->machine->desc, o->firmware);
	return why ? why : diskboot(d, o->boot, o->bootas, o->firmware != FIRMWARE_NONE, o->keep);
}

/* Why the guest cannot use the disk; NULL: it can. */
static char *diskcheck(const struct disk *d, const struct machine *m)
{
	bool nvme = d->kind == DISK_NVME;

	if (d->kind == DISK_VIRTIO && !m->disk)
		return xasprintf("the guest can have no disk: its kernel lacks "
				 "CONFIG_VIRTIO_BLK or a virtio bus");
	if ((nvme || d->kind == DISK_USB) && !m->desc->pci.len)
		return xasprintf("the guest can have no %s disk: the machine %s has no PCI bus",
				 nvme ? "NVMe" : "USB", m->type);
	if (nvme && !m->nvme)
		return xasprintf("the guest can have no NVMe disk: its kernel lacks "
				 "CONFIG_BLK_DEV_NVME or CONFIG_PCI");
	return NULL;
}

static char *disksget(struct disks *d, const struct options *o, struct launch *l)
{
	char *why = bootget(d, o, l);

	for (size_t i = 0; !why && i < o->disks.len; i++)
		why = diskadd(d, o->disks.item[i]);
	for (size_t i = 0; !why && i < d->len; i++)
		why = diskcheck(&d->item[i], l->machine);
	return why;
}

/*
 * Return why QEMU cannot listen on that port of 127.0.0.1; NULL: it can. option and variable are
 * the ways to choose another one, in runqemu and in make.
 */
static char *portcheck(unsigned port, const char *option, const char *variable)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_port = htons((uint16_t)port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1, err = 0;

	if (fd < 0)
		return NULL; /* QEMU will report it */
	/* Like QEMU: remains of an earlier connection do not matter. */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(fd, 1) < 0)
		err = errno;
	close(fd);
	if (err == EADDRINUSE)
		return xasprintf("port %u of this machine is in use: choose another one by %s "
				 "(%s of make)",
				 port, option, variable);
	if (err == EACCES)
		return xasprintf("port %u of this machine is privileged: choose one from 1024 on "
				 "by %s (%s of make)",
				 port, option, variable);
	return NULL;
}

/* Why the guest cannot have a vsock device; NULL: it can. */
static char *vsockcheck(const struct options *o, const struct machine *m)
{
	if (!o->vsock)
		return NULL;
	if (!m->vsock)
		return xasprintf("the guest can have no vsock: its kernel lacks "
				 "CONFIG_VIRTIO_VSOCKETS or a virtio bus");
	if (o->dryrun || access(VSOCK_DEVICE, R_OK | W_OK) == 0)
		return NULL;
	if (errno == ENOENT)
		return xasprintf("the guest can have no vsock: this machine has no " VSOCK_DEVICE
				 " (as root: 'modprobe vhost_vsock')");
	return xasprintf("the guest can have no vsock: " VSOCK_DEVICE ": %s", strerror(errno));
}

/* Why the guest cannot have the NUMA nodes; NULL: it can. */
static char *numacheck(const struct options *o, const struct machine *m)
{
	struct buf symbols = { 0 };
	char *why;

	if (!o->numa.len || m->numa)
		return NULL;
	if (!m->desc->numa.len)
		return xasprintf("the guest can have no NUMA nodes on the machine %s", m->type);
	for (size_t i = 0; i < m->desc->numa.len; i++)
		bufprintf(&symbols, "%sCONFIG_%s", i ? ", " : "", m->desc->numa.item[i]);
	why = xasprintf("the guest can have no NUMA nodes: its kernel lacks %s", bufstr(&symbols));
	buffree(&symbols);
	return why;
}

static char *portsget(const struct options *o, const struct machine *m)
{
	char *why = NULL;

	if ((o->portcount || o->lan.on) && !m->net)
		return xasprintf("the guest can have no network: its kernel lacks "
				 "CONFIG_VIRTIO_NET or a virtio bus");
	for (size_t i = 0; i < o->portcount; i++)
		for (size_t j = 0; j < i; j++)
			if (o->ports[j].host == o->ports[i].host)
				return xasprintf("port %u of this machine is given twice by --port "
						 "(PORTS= of make)",
						 o->ports[i].host);
	for (size_t i = 0; !why && !o->dryrun && i < o->portcount; i++)
		why = portcheck(o->ports[i].host, "--port HOST:GUEST", "PORTS=");
	if (!why && o->gdbport && !o->dryrun)
		why = portcheck(o->gdbport, "--gdb-port", "GDB_PORT=");
	return why;
}

/* Whether an argument of the user sets QEMU's memory. */
static bool memorygiven(const struct options *o)
{
	for (size_t i = 0; i < o->qemuargs.len; i++)
		if (strcmp(o->qemuargs.item[i], "-m") == 0)
			return true;
	return false;
}

unsigned memoryleast(const struct options *o, const struct machine *m)
{
	unsigned long long least = kernelmemory(m->arch, m->kernel);
	struct stat st;

	if (o->initramfs && stat(o->initramfs, &st) == 0)
		least += (unsigned long long)st.st_size;
	least = (least + MIB - 1) / MIB;
	return least < UINT_MAX && !memorygiven(o) ? (unsigned)least : 0;
}

static char *memorycheck(const struct options *o, const struct machine *m)
{
	unsigned least = memoryleast(o, m);

	if (o->memory >= least)
		return NULL;
	return xasprintf("%u MiB of memory are too little: the kernel and its initramfs alone "
			 "take %u: raise --memory (MEMORY= of make)",
			 o->memory, least);
}

char *devicesget(struct shares *shares, struct disks *disks, const struct options *o,
		 struct launch *l)
{
	char *why = memorycheck(o, l->machine);

	if (!why)
		why = disksget(disks, o, l);
	if (!why)
		why = portsget(o, l->machine);
	if (!why)
		why = vsockcheck(o, l->machine);
	if (!why)
		why = numacheck(o, l->machine);
	if (!why)
		why = sharesget(shares, o, l);
	if (!why)
		why = modulesget(l);
	return why;
}
