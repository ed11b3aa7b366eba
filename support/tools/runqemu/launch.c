// SPDX-License-Identifier: GPL-2.0-or-later
#include "launch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agentdisk.h"
#include "base/shellword.h"
#include "portable.h"
#include "ports.h"
#include "recording.h"
#include "session.h"
#include "slots.h"
#include "term.h"
#include "vm.h"

#define TSC_RATE "KHZ" /* in arch.tune-tsc: the rate of the counter */

/* Append text, if there is one, behind a blank. */
static void argument(struct buf *out, const char *text)
{
	if (text)
		bufprintf(out, " %s", text);
}

/* Tell the rate of the time stamp counter, which TCG passes on: no need to measure it. */
static void tunetsc(const struct launch *l, struct buf *out)
{
	const char *text = l->machine->arch->tunetsc, *rate = text ? strstr(text, TSC_RATE) : NULL;

	if (rate && l->tsckhz)
		bufprintf(out, " %.*s%lu%s", (int)(rate - text), text, l->tsckhz,
			  rate + strlen(TSC_RATE));
}

/* Arguments that only shorten the boot. */
static void tune(const struct launch *l, struct buf *out)
{
	const struct archmachine *m = l->machine->desc;
	const struct arch *a = l->machine->arch;

	if (l->accel.kvm)
		return;
	tunetsc(l, out);
	argument(out, a->tune);
	argument(out, m->tune);
	if (l->options->cpus > 1)
		return;
	argument(out, a->tuneone);
	argument(out, m->tuneone);
}

bool launchloud(const struct launch *l)
{
	const struct options *o = l->options;

	return (o->kernellog && !o->logquiet) || o->showlog ||
	       (o->debug && l->mode == MODE_TERMINAL);
}

/* The kernel's log level: no higher than needed, since printing takes time. */
static void verbosity(const struct launch *l, struct buf *out)
{
	const struct options *o = l->options;
	bool judged = l->mode == MODE_COMMAND && o->strict;

	if (l->mode == MODE_PROBE || launchloud(l))
		return;
	/*
	 * Warnings are shown to the user, or counted for the record; what lockdep finds is printed
	 * as one.
	 */
	if (judged || o->json || l->mode == MODE_TERMINAL)
		bufprintf(out, " loglevel=%d", judged && l->machine->talks ? 7 : 5);
	else
		bufputs(out, " quiet");
}

bool launchkeeps(const struct launch *l)
{
	return l->options->crash && l->mode != MODE_PROBE;
}

void launchappend(const struct launch *l, struct buf *out)
{
	const struct archmachine *m = l->machine->desc;
	const struct options *o = l->options;
	unsigned rows, columns;

	bufprintf(out, "console=%s panic=-1", m->console);
	argument(out, m->append);
	argument(out, l->machine->arch->append);
	if (l->mode == MODE_PROBE) {
		argument(out, m->early);
		bufputs(out, " rdinit=/none init=/none");
	}
	if (launchkeeps(l) && l->machine->fwcfg && !l->machine->acpi)
		argument(out, m->fwcfg);
	verbosity(l, out);
	if ((o->debug || o->record) && l->machine->moves)
		bufputs(out, " nokaslr");
	if (o->tune)
		tune(l, out);
	if (o->boot && l->mode != MODE_PROBE && !(o->append.len && strstr(o->append.data, "root=")))
		bufputs(out, " root=/dev/vda");
	if (!o->guestinit && (l->mode == MODE_COMMAND || l->mode == MODE_SHELL))
		bufputs(out, " rdinit=" SESSION_PATH);
	if (l->mode == MODE_TERMINAL) {
		termsize(&rows, &columns);
		if (rows && columns)
			bufprintf(out, " LINES=%u COLUMNS=%u", rows, columns);
	}
	if (o->append.len)
		bufprintf(out, " %s", o->append.data);
}

/* Add an option and its argument, which is freed. */
static void add(struct strlist *argv, const char *option, char *arg)
{
	listadd(argv, option);
	listadd(argv, arg);
	free(arg);
}

/* Add a character device for one of the sockets that QEMU inherits. */
static void chardev(const struct launch *l, struct strlist *argv, const char *id, enum channel c,
		    const char *more)
{
	add(argv, "-chardev",
	    l->portable ? portablechar(l, id, c)
			: xasprintf("socket,id=%s,fd=%d%s", id, VM_FD(c), more));
}

/*
 * Add a serial port's character device. A guest that is recorded has pipes for these: a socket is
 * full after a few hundred bytes, and QEMU's log does not know of that.
 */
static void serialdev(const struct launch *l, struct strlist *argv, const char *id, enum channel c,
		      const char *more)
{
	if (l->options->record)
		add(argv, "-chardev", xasprintf("file,id=%s,path=/proc/self/fd/%d", id, VM_FD(c)));
	else
		chardev(l, argv, id, c, more);
}

static void consoleargs(const struct launch *l, struct strlist *argv)
{
	const char *skip = l->machine->desc->skip;
	bool mux = l->mode == MODE_TERMINAL;

	for (unsigned long i = skip ? strtoul(skip, NULL, 10) : 0; i; i--)
		add(argv, "-serial", xstrdup("null"));
	serialdev(l, argv, "console", CH_CONSOLE, mux ? ",mux=on" : "");
	add(argv, "-serial", xstrdup("chardev:console"));
	if (mux)
		add(argv, "-mon", xstrdup("chardev=console,mode=readline"));
}

/* Add a virtio-serial port of that name. */
static void port(const struct launch *l, struct strlist *argv, const char *id, enum channel c,
		 const char *name)
{
	chardev(l, argv, id, c, "");
	add(argv, "-device", xasprintf("virtserialport,chardev=%s,name=%s", id, name));
}

/*
 * Add the second serial port. QEMU records only what is behind -serial, which alone makes the port
 * on a machine with PCI.
 */
static void ttyargs(const struct launch *l, struct strlist *argv)
{
	bool isa = strcmp(l->machine->desc->serial, "isa-serial") == 0;
	bool record = l->options->record;

	serialdev(l, argv, "tty", CH_TTY, "");
	if (!isa || record)
		add(argv, "-serial", xstrdup("chardev:tty"));
	if (isa && !(record && strcmp(l->machine->bus, "pci") == 0))
		add(argv, "-device", xstrdup("isa-serial,chardev=tty"));
}

/* Add the channels of our scripts in the guest. */
static void sessionargs(const struct launch *l, struct strlist *argv)
{
	const struct machine *m = l->machine;
	bool command = l->mode == MODE_COMMAND;

	if (m->virtio && (command || l->shells)) {
		/*
		 * The guest's driver allocates for all possible ports, 31 by default. Allow only
		 * the first one, which is for consoles, ours, and some for the user's devices.
		 */
		unsigned ports =
			1 + 2 * command + 2 * l->shells + (l->options->qemuargs.len ? 8 : 0);

		add(argv, "-device", xasprintf("virtio-serial-%s,max_ports=%u", m->bus, ports));
		if (command) {
			port(l, argv, "out", CH_OUT, PORT_OUT);
			port(l, argv, "err", CH_ERR, PORT_ERR);
		}
		if (l->shells) {
			port(l, argv, "shell", CH_SHELL, PORT_SHELL);
			port(l, argv, "control", CH_CONTROL, PORT_CONTROL);
		}
	}
	if (m->uart && command)
		ttyargs(l, argv);
}

static void gdbargs(const struct launch *l, struct strlist *argv)
{
	const struct options *o = l->options;

	if (l->mode == MODE_PROBE || o->record || l->portable)
		return;
	if (o->gdbport) {
		add(argv, "-gdb", xasprintf("tcp:127.0.0.1:%u", o->gdbport));
	} else if (l->gdb) {
		add(argv, "-chardev", xasprintf("socket,id=gdb,server=on,wait=off,fd=%d", VM_GDB));
		add(argv, "-gdb", xstrdup("chardev:gdb"));
	}
	if (o->debug)
		listadd(argv, "-S");
}

bool launchnet(const struct launch *l)
{
	const struct options *o = l->options;

	return l->mode != MODE_PROBE && o->net != NET_OFF && l->machine->net &&
	       (o->net == NET_ON || l->mode != MODE_COMMAND);
}

static void netargs(const struct launch *l, struct strlist *argv)
{
	const struct machine *m = l->machine;
	const struct options *o = l->options;
	bool pci = strcmp(m->bus, "pci") == 0;
	struct buf net = { 0 };

	if (!launchnet(l)) {
		if (!o->lan.on || l->mode == MODE_PROBE)
			add(argv, "-nic", xstrdup("none"));
		return;
	}
	bufputs(&net, "user,id=net");
	for (size_t i = 0; i < o->portcount; i++)
		bufprintf(&net, ",hostfwd=tcp:127.0.0.1:%u-:%u", o->ports[i].host,
			  o->ports[i].guest);
	add(argv, "-netdev", bufsteal(&net));
	add(argv, "-device",
	    xasprintf("virtio-net-%s,netdev=net%s", m->bus, pci ? ",romfile=" : ""));
}

static void machineargs(const struct launch *l, struct strlist *argv)
{
	const struct machine *m = l->machine;
	const struct options *o = l->options;
	bool full = l->mode != MODE_PROBE;
	bool shared = full && !l->portable && sharevirtiofs(l->shares);
	bool nodes = full && o->numa.len;

	add(argv, "-machine",
	    xasprintf("%s%s%s", m->desc->qemu, shared && !nodes ? ",memory-backend=memory" : "",
		      l->uefi && !m->acpi && m->desc->noacpi ? m->desc->noacpi : ""));
	/* virtiofsd needs shared memory, and virtio 1. */
	if (shared && !nodes)
		add(argv, "-object",
		    xasprintf("memory-backend-memfd,id=memory,share=on,size=%uM", o->memory));
	if (shared || (full && o->vsock))
		add(argv, "-global", xstrdup("virtio-mmio.force-legacy=false"));
	add(argv, "-accel", xstrdup(l->accel.kvm ? "kvm" : "tcg"));
	if (l->accel.cpu)
		add(argv, "-cpu", xstrdup(l->accel.cpu));
	add(argv, "-smp", xasprintf("%u", o->cpus));
	add(argv, "-m", xasprintf("%u", o->memory));
	if (nodes)
		numaargs(&o->numa, shared, argv);
}

bool launchlayer(const struct launch *l)
{
	bool own = l->mode == MODE_TERMINAL && !l->shells && !(l->shares && l->shares->len) &&
		   !(l->modules && l->modules->paths.len) && !l->options->lan.on;

	return l->mode != MODE_PROBE && !own;
}

/* The path of the memory file with the layer; name: what a copy of it is called. Caller frees. */
static char *layerpath(const struct launch *l, const char *name)
{
	return l->portable ? xstrdup(name) : xasprintf("/proc/self/fd/%d", VM_INITRD);
}

/* What boots: the firmware, from the first disk; or the kernel with its initramfs and arguments. */
static void bootargs(const struct launch *l, struct strlist *argv)
{
	const struct options *o = l->options;
	const char *option = l->machine->desc->uefioption;
	struct buf append = { 0 };

	if (o->firmware != FIRMWARE_NONE && l->mode != MODE_PROBE) {
		if (l->uefi)
			add(argv, option && strcmp(option, "kernel") == 0 ? "-kernel" : "-bios",
			    xstrdup(l->uefi));
		return;
	}
	add(argv, "-kernel", xstrdup(l->machine->kernel));
	if (o->record)
		recordingargs(o->record, l->machine, launchnet(l), argv);
	else if (launchlayer(l) && !o->boot)
		add(argv, "-initrd", layerpath(l, PORTABLE_INITRAMFS));
	else if (l->mode == MODE_TERMINAL && o->initramfs)
		add(argv, "-initrd", xstrdup(o->initramfs));
	launchappend(l, &append);
	add(argv, "-append", bufsteal(&append));
}

void launchargv(const struct launch *l, struct strlist *argv)
{
	const struct options *o = l->options;

	if (l->recording) {
		recordingreplay(l->recording, o, l->machine->kernel, argv);
		if (o->debug)
			listadd(argv, "-no-shutdown");
		gdbargs(l, argv);
		return;
	}
	listadd(argv, o->qemu);
	listadd(argv, "-nodefaults");
	listadd(argv, "-no-user-config");
	listadd(argv, "-no-reboot");
	if (launchkeeps(l) && !l->portable)
		listadd(argv, "-no-shutdown");
	add(argv, "-display", xstrdup("none"));
	machineargs(l, argv);
	if (!l->portable) {
		chardev(l, argv, "qmp", CH_QMP, "");
		add(argv, "-mon", xstrdup("chardev=qmp,mode=control"));
	}
	consoleargs(l, argv);
	sessionargs(l, argv);
	netargs(l, argv);
	if (o->lan.on && l->mode != MODE_PROBE)
		lanargs(&o->lan, l->machine->bus, argv);
	if (l->shares && l->mode != MODE_PROBE && !l->portable)
		shareargs(l->shares, l->machine->bus, VM_SHARES, argv);
	if (l->disks && l->mode != MODE_PROBE)
		diskargs(l->disks, l->machine->bus, argv);
	if (o->boot && launchlayer(l)) {
		char *path = layerpath(l, PORTABLE_LAYER);

		agentdiskargs(path, l->machine->bus, argv);
		free(path);
	}
	if (o->vsock && l->mode != MODE_PROBE)
		add(argv, "-device",
		    xasprintf("vhost-vsock-%s,guest-cid=%u", l->machine->bus, o->vsock));
	if (launchkeeps(l) && l->machine->fwcfg)
		add(argv, "-device", xstrdup("vmcoreinfo"));
	gdbargs(l, argv);
	bootargs(l, argv);
	for (size_t i = 0; l->mode != MODE_PROBE && i < o->qemuargs.len; i++)
		listadd(argv, o->qemuargs.item[i]);
	slotsassign(&l->machine->desc->slots, argv);
}

void launchquote(const struct strlist *argv, struct buf *out)
{
	for (size_t i = 0; i < argv->len; i++) {
		if (i)
			bufputc(out, ' ');
		shellword(out, argv->item[i]);
	}
}

void launchprint(const struct strlist *argv, FILE *to)
{
	struct buf text = { 0 };

	launchquote(argv, &text);
	fprintf(to, "%s\n", bufstr(&text));
	buffree(&text);
}

enum mode launchmode(const struct options *o)
{
	if (o->command)
		return MODE_COMMAND;
	return isatty(STDIN_FILENO) ? MODE_TERMINAL : MODE_SHELL;
}
