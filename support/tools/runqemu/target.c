// SPDX-License-Identifier: GPL-2.0-or-later
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "accel.h"
#include "archpick.h"
#include "base/msg.h"
#include "base/shellword.h"
#include "disk.h"
#include "images.h"
#include "program.h"
#include "rundir.h"

/* Choose the architecture and the machine for the files. */
static char *choose(struct machine *m, struct options *o, enum mode mode,
		    const struct kernelfiles *files, struct ikconfig *config, bool any)
{
	struct archpick pick = { .all = &o->archs,
				 .wish = o->arch,
				 .files = files,
				 .any = any,
				 .config = config,
				 .configpath = o->config };
	const struct arch *a = NULL;
	const struct machineneeds needs = {
		.poweroff = mode != MODE_COMMAND,
		.fwcfg = o->crash && ikconfighas(config, "FW_CFG_SYSFS"),
		.pci = disksnvme(&o->disks) || o->bootas == DISK_NVME || o->bootas == DISK_USB,
		.numa = o->numa.len,
		.firmware = o->firmware
	};
	struct kernels kernels;
	char *why = archpick(&a, &pick), *machines;

	if (why)
		return why;
	if (!machineknown(a, o->machine, &machines))
		dieusage("--machine takes one of %s for the architecture %s, not '%s'", machines,
			 a->name, o->machine);
	kernels = kernelsof(files, a);
	why = machinechoose(m, a, o->machine, &kernels, config, &needs);
	m->symbols = kernels.pvh ? kernels.pvh : kernels.elf;
	return why;
}

/* Why a command cannot report to us; NULL: it can. */
static char *portless(const struct machine *m)
{
	struct buf needs = { 0 };
	char *why;

	if (m->virtio || m->uart)
		return NULL;
	for (size_t i = 0; i < m->desc->needs.len; i++)
		bufprintf(&needs, ", CONFIG_%s", m->desc->needs.item[i]);
	why = xasprintf("the guest has nothing to pass a COMMAND's output on: its kernel lacks one "
			"of CONFIG_VIRTIO_CONSOLE%s, and the machine %s has no second serial port",
			bufstr(&needs), m->type);
	buffree(&needs);
	return why;
}

/* Why KVM of this host cannot be used for the guest; NULL: it may. */
static char *kvmless(const struct arch *a)
{
	struct utsname host;

	if (accelhost(a) || uname(&host) < 0)
		return NULL;
	return xasprintf(
		"KVM of this machine (%s) does not run guests for %s: leave out --accel kvm",
		host.machine, a->name);
}

/* Find the modules and the configuration of a distribution's kernel. */
static char *modulesget(struct modules *m, struct options *o, const struct kernelfile *f)
{
	char *why, *config;

	modulesrelease(m, f->path, f->map.data, f->map.len);
	why = modulesfind(m, f->path, o->modules);
	if (why || o->config)
		return why;
	config = modulesconfig(m, f->path);
	if (config) {
		listadd(&o->found, config);
		o->config = o->found.item[o->found.len - 1];
	}
	free(config);
	return NULL;
}

char *targetget(struct machine *m, struct modules *modules, struct options *o, enum mode mode)
{
	struct kernelfiles files = { 0 };
	struct ikconfig config = { 0 };
	bool any = !o->kernels.len;
	char *why = NULL;

	if (o->images && imagesfind(o) < 0)
		return xasprintf(
			"no kernel in %s: %s; --kernel FILE (KERNEL=PATH of make) names one",
			o->images, strerror(errno));
	for (size_t i = 0; !why && i < o->kernels.len; i++)
		why = kernelfileadd(&files, o->kernels.item[i]);
	if (!why && (!any || o->modules))
		why = modulesget(modules, o, &files.item[0]);
	config.modules = modules->dir;
	if (!why && o->config && ikconfigread(&config, o->config) < 0)
		why = xasprintf("cannot read the kernel's configuration %s: %s", o->config,
				strerror(errno));
	if (!why)
		why = choose(m, o, mode, &files, &config, any);
	kernelfilesfree(&files);
	ikconfigfree(&config);
	if (!why && o->accel == ACCEL_KVM)
		why = kvmless(m->arch);
	if (!why && mode == MODE_COMMAND)
		why = portless(m);
	if (!why && !o->qemu)
		o->qemu = m->arch->qemu;
	return why;
}

/* Whether that package is for compiling or debugging. */
static bool istoolchain(const char *package)
{
	return strncmp(package, "gcc-", 4) == 0 || strncmp(package, "gdb", 3) == 0;
}

const char *targetgdb(const struct arch *a)
{
	struct utsname host;
	char *path;
	bool there;

	if (uname(&host) == 0 && listhas(&a->host, host.machine))
		return "gdb";
	path = programfind("gdb-multiarch");
	there = path != NULL;
	free(path);
	return there ? "gdb-multiarch" : "gdb";
}

void targetwaits(const struct options *o, const struct machine *m)
{
	struct buf line = { 0 };

	bufprintf(&line, "%s ", targetgdb(m->arch));
	if (m->symbols)
		shellword(&line, m->symbols);
	if (o->gdbport)
		bufprintf(&line, " -ex 'target remote :%u'", o->gdbport);
	else
		bufprintf(&line, " -ex 'target remote %s/" RUN_GDB "'", o->rundir);
	warn("the guest waits for: %s", bufstr(&line));
	buffree(&line);
}

char *targetpackages(const struct arch *a)
{
	struct buf text = { 0 };
	char *why;

	for (size_t i = 0; i < a->apt.len; i++)
		if (!istoolchain(a->apt.item[i]))
			bufprintf(&text, " %s", a->apt.item[i]);
	if (!text.len)
		bufputs(&text, " qemu-system");
	why = xasprintf("apt-get install%s", bufstr(&text));
	buffree(&text);
	return why;
}
