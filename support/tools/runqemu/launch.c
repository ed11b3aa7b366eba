// SPDX-License-Identifier: GPL-2.0-or-later
#include "launch.h"

#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "term.h"
#include "vm.h"

/* Arguments that change nothing but how long the kernel takes to boot. */
static void tune(const struct launch *l, struct buf *out)
{
	if (l->accel.kvm)
		return;
	/* TCG passes the host's counter on: no need to measure it, nor to watch whether it is good.
	 */
	if (l->tsckhz)
		bufprintf(out, " tsc_early_khz=%lu tsc=reliable", l->tsckhz);
	bufputs(out, " no_timer_check");
	if (!l->machine->acpi)
		bufputs(out, " acpi=off");
	if (l->options->cpus > 1)
		return;
	/* Each patched instruction makes TCG translate its page again. */
	bufputs(out, " noreplace-smp");
	/* The local APIC's timer takes 100 to 200 ms to calibrate. */
	if (l->machine->pctimers)
		bufputs(out, " noapictimer");
}

void launchappend(const struct launch *l, struct buf *out)
{
	const struct options *o = l->options;
	unsigned rows, columns;

	bufputs(out, "console=ttyS0 panic=-1");
	if (strcmp(l->machine->type, "microvm") == 0)
		bufputs(out, " reboot=t"); /* it has no keyboard controller to restart it */
	if (l->mode == MODE_PROBE)
		bufputs(out, " earlyprintk=serial,ttyS0,115200 rdinit=/none init=/none");
	if (!o->kernellog && (l->mode == MODE_COMMAND || l->mode == MODE_SHELL))
		bufputs(out, " quiet");
	if (o->tune)
		tune(l, out);
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

/* An option and its argument, which is freed. */
static void add(struct strlist *argv, const char *option, char *arg)
{
	listadd(argv, option);
	listadd(argv, arg);
	free(arg);
}

/* A character device that is one of the sockets we pass on. */
static void chardev(struct strlist *argv, const char *id, enum channel c, const char *more)
{
	add(argv, "-chardev", xasprintf("socket,id=%s,fd=%d%s", id, VM_FD(c), more));
}

static void consoleargs(const struct launch *l, struct strlist *argv)
{
	bool mux = l->mode == MODE_TERMINAL;

	chardev(argv, "console", CH_CONSOLE, mux ? ",mux=on" : "");
	add(argv, "-serial", xstrdup("chardev:console"));
	if (mux)
		add(argv, "-mon", xstrdup("chardev=console,mode=readline"));
}

/* What a command's session speaks through. */
static void sessionargs(const struct launch *l, struct strlist *argv)
{
	const struct machine *m = l->machine;

	if (l->mode != MODE_COMMAND)
		return;
	if (m->virtio) {
		chardev(argv, "out", CH_OUT, "");
		chardev(argv, "err", CH_ERR, "");
		/* The guest's driver prepares for as many as there could be: 31 by default. */
		add(argv, "-device", xasprintf("virtio-serial-%s,max_ports=8", m->bus));
		add(argv, "-device", xstrdup("virtserialport,chardev=out,name=" PORT_OUT));
		add(argv, "-device", xstrdup("virtserialport,chardev=err,name=" PORT_ERR));
	}
	if (m->uart) {
		chardev(argv, "tty", CH_TTY, "");
		add(argv, "-device", xstrdup("isa-serial,chardev=tty"));
	}
}

static void netargs(const struct launch *l, struct strlist *argv)
{
	const struct machine *m = l->machine;
	bool pci = strcmp(m->bus, "pci") == 0;

	if (l->mode == MODE_PROBE || l->options->net == NET_OFF || !m->net ||
	    (l->options->net == NET_AUTO && l->mode == MODE_COMMAND)) {
		add(argv, "-nic", xstrdup("none"));
		return;
	}
	add(argv, "-netdev", xstrdup("user,id=net"));
	add(argv, "-device",
	    xasprintf("virtio-net-%s,netdev=net%s", m->bus, pci ? ",romfile=" : ""));
}

static void machineargs(const struct launch *l, struct strlist *argv)
{
	const struct machine *m = l->machine;

	if (strcmp(m->type, "microvm") == 0)
		add(argv, "-machine", xasprintf("microvm,acpi=%s,rtc=on", m->acpi ? "on" : "off"));
	else
		add(argv, "-machine", xstrdup(m->type));
	add(argv, "-accel", xstrdup(l->accel.kvm ? "kvm" : "tcg"));
	add(argv, "-cpu", xstrdup(l->accel.cpu));
	add(argv, "-smp", xasprintf("%u", l->options->cpus));
	add(argv, "-m", xasprintf("%u", l->options->memory));
}

void launchargv(const struct launch *l, struct strlist *argv)
{
	const struct options *o = l->options;
	struct buf append = { 0 };

	listadd(argv, o->qemu);
	listadd(argv, "-nodefaults");
	listadd(argv, "-no-user-config");
	listadd(argv, "-no-reboot");
	add(argv, "-display", xstrdup("none"));
	machineargs(l, argv);
	chardev(argv, "qmp", CH_QMP, "");
	add(argv, "-mon", xstrdup("chardev=qmp,mode=control"));
	consoleargs(l, argv);
	sessionargs(l, argv);
	netargs(l, argv);
	add(argv, "-kernel", xstrdup(l->machine->kernel));
	if (l->mode == MODE_COMMAND || l->mode == MODE_SHELL)
		add(argv, "-initrd", xasprintf("/proc/self/fd/%d", VM_INITRD));
	else if (l->mode == MODE_TERMINAL && o->initramfs)
		add(argv, "-initrd", xstrdup(o->initramfs));
	launchappend(l, &append);
	add(argv, "-append", bufsteal(&append));
	for (size_t i = 0; l->mode != MODE_PROBE && i < o->qemuargs.len; i++)
		listadd(argv, o->qemuargs.item[i]);
}

void launchquote(const struct strlist *argv, struct buf *out)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "%+,-./:=@_";

	for (size_t i = 0; i < argv->len; i++) {
		const char *arg = argv->item[i];

		if (i)
			bufputc(out, ' ');
		if (*arg && !arg[strspn(arg, plain)]) {
			bufputs(out, arg);
			continue;
		}
		bufputc(out, '\'');
		for (; *arg; arg++) {
			if (*arg == '\'')
				bufputs(out, "'\\''");
			else
				bufputc(out, *arg);
		}
		bufputc(out, '\'');
	}
}
