// SPDX-License-Identifier: GPL-2.0-or-later
#include "devices.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/msg.h"
#include "guard.h"
#include "kernels.h"
#include "virtiofs.h"

#define MIB (1 << 20)

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

static char *sharesget(struct shares *s, const struct options *o, const struct launch *l)
{
	for (size_t i = 0; i < o->shares.len; i++) {
		char *why = shareadd(s, o->shares.item[i]);

		if (why)
			return why;
	}
	guardtell(s);
	if (l->machine->virtiofs && !o->dryrun)
		virtiofsstart(s, o->verbose);
	for (size_t i = 0; i < s->len; i++)
		if (!s->item[i].virtiofs && !l->machine->share)
			return xasprintf(
				"the guest cannot mount directories of the host: its kernel "
				"lacks CONFIG_9P_FS, CONFIG_NET_9P_VIRTIO or a virtio bus");
	if (s->len && l->mode == MODE_TERMINAL && !o->guestinit)
		return xasprintf("at a terminal --share needs an image whose init ends in "
				 "/sbin/console, and --guest-init");
	return NULL;
}

static char *disksget(struct disks *d, const struct options *o, const struct machine *m)
{
	for (size_t i = 0; i < o->disks.len; i++) {
		char *why = diskadd(d, o->disks.item[i]);

		if (why)
			return why;
	}
	if (d->len && !m->disk)
		return xasprintf("the guest can have no disk: its kernel lacks CONFIG_VIRTIO_BLK "
				 "or a virtio bus");
	return NULL;
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

static char *portsget(const struct options *o, const struct machine *m)
{
	char *why = NULL;

	if (o->portcount && !m->net)
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
		 const struct launch *l)
{
	char *why = memorycheck(o, l->machine);

	if (!why)
		why = disksget(disks, o, l->machine);
	if (!why)
		why = portsget(o, l->machine);
	if (!why)
		why = sharesget(shares, o, l);
	return why;
}
