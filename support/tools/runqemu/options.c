// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/getoption.h"
#include "base/msg.h"

/* MiB */
#define MEMORY_MIN 16
#define MEMORY_MAX (1 << 24)

/* %s: the names of all architectures, and of all machines. */
static const char usagetext[] =
	"usage: runqemu [OPTION]... [--] [COMMAND...]\n"
	"Boot a Linux kernel in QEMU and run COMMAND in the guest, or use its console.\n"
	"\n"
	"What to boot:\n"
	"  --kernel FILE      the image that a boot loader starts, or vmlinux; may be given for each\n"
	"  --vmlinux FILE     the same as --kernel\n"
	"  --config FILE      the kernel's .config, to choose a machine that it can boot on\n"
	"  --initramfs FILE   root filesystem, a cpio archive, compressed or not\n"
	"  --images DIR       use the kernel, kernel.config and initramfs.cpio* in DIR, unless given\n"
	"                     by other options\n"
	"  --guest-init       the init in that archive ends in /sbin/console (docs/guest.md)\n"
	"  --append ARGS      more kernel arguments\n"
	"  --no-tune          leave out the kernel arguments that only shorten the boot\n"
	"\n"
	"The machine:\n"
	"  --arch WHICH       %s (what the kernel is for), or a FILE that describes another\n"
	"  --memory SIZE      memory of the guest, in MiB or as in 2G (256)\n"
	"  --cpus N           processors of the guest (1)\n"
	"  --accel WHICH      auto, kvm or tcg (auto: KVM where a guest runs under it)\n"
	"  --machine WHICH    auto, %s\n"
	"  --net, --no-net    with or without a network interface (without, for a COMMAND)\n"
	"  --port HOST:GUEST  127.0.0.1:HOST is the guest's TCP port GUEST; may be repeated\n"
	"  --disk FILE[:ro]   a disk of the guest, raw or qcow2, /dev/vda and so on; may be repeated\n"
	"  --share DIR[:MOUNT][:rw]\n"
	"                     the guest has DIR, read-only unless :rw, at MOUNT (/mnt/ and the\n"
	"                     last part of DIR); may be repeated\n"
	"  --qemu FILE        QEMU's program (qemu-system- and the architecture)\n"
	"  --qemu-arg ARG     one more argument for QEMU; may be repeated\n"
	"\n"
	"While it runs:\n"
	"  --run-dir DIR      create sockets in DIR, for gdb and for further shells\n"
	"  --attach DIR       boot nothing: run COMMAND or a shell in the guest with --run-dir DIR\n"
	"  --debug            stop before the first instruction, for gdb; with nokaslr\n"
	"  --gdb-port N       QEMU's gdb server listens on 127.0.0.1:N\n"
	"  --loaded FILE      remove FILE once QEMU has read kernel and initramfs\n"
	"  --timeout SECONDS  give up after so long without a sign of life; 0: never\n"
	"                     (60, and never at a terminal or for gdb)\n"
	"\n"
	"Output:\n"
	"  --show-log         show all kernel messages: at a terminal or, for a COMMAND, on\n"
	"                     standard error\n"
	"  --log FILE         write all console output to FILE (also --kernel-log)\n"
	"  --json FILE        write a record of the run to FILE\n"
	"  --no-strict        do not fail for an oops, a fault, a hung task or a lockup\n"
	"  --cache DIR        remember here whether KVM works (~/.cache/whittle)\n"
	"  --verbose          print QEMU's command line\n"
	"  --dry-run          print it and exit\n"
	"  --help             show this\n"
	"  --version          show the version\n"
	"\n"
	"Exits with COMMAND's status, or with 0 when the console is left. Otherwise, with a last\n"
	"line on standard error with the reason: 120 COMMAND ended but the kernel is not well,\n"
	"121 the guest ended before COMMAND did, 122 it panicked, 123 it never reached init, 124 no\n"
	"sign of life, 125 QEMU or runqemu failed, 2 usage.\n";

enum {
	OPT_KERNEL = OPTION_FIRST,
	OPT_IMAGES,
	OPT_CONFIG,
	OPT_INITRAMFS,
	OPT_GUEST_INIT,
	OPT_APPEND,
	OPT_NO_TUNE,
	OPT_MEMORY,
	OPT_CPUS,
	OPT_ACCEL,
	OPT_ARCH,
	OPT_MACHINE,
	OPT_NET,
	OPT_NO_NET,
	OPT_PORT,
	OPT_SHARE,
	OPT_DISK,
	OPT_RUN_DIR,
	OPT_ATTACH,
	OPT_DEBUG,
	OPT_GDB_PORT,
	OPT_LOADED,
	OPT_JSON,
	OPT_NO_STRICT,
	OPT_TIMEOUT,
	OPT_KERNEL_LOG,
	OPT_SHOW_LOG,
	OPT_QEMU,
	OPT_QEMU_ARG,
	OPT_CACHE,
	OPT_VERBOSE,
	OPT_DRY_RUN,
};

static const struct option longopts[] = {
	{ "kernel", required_argument, NULL, OPT_KERNEL },
	{ "vmlinux", required_argument, NULL, OPT_KERNEL },
	{ "images", required_argument, NULL, OPT_IMAGES },
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "initramfs", required_argument, NULL, OPT_INITRAMFS },
	{ "guest-init", no_argument, NULL, OPT_GUEST_INIT },
	{ "append", required_argument, NULL, OPT_APPEND },
	{ "no-tune", no_argument, NULL, OPT_NO_TUNE },
	{ "memory", required_argument, NULL, OPT_MEMORY },
	{ "cpus", required_argument, NULL, OPT_CPUS },
	{ "accel", required_argument, NULL, OPT_ACCEL },
	{ "arch", required_argument, NULL, OPT_ARCH },
	{ "machine", required_argument, NULL, OPT_MACHINE },
	{ "net", no_argument, NULL, OPT_NET },
	{ "no-net", no_argument, NULL, OPT_NO_NET },
	{ "port", required_argument, NULL, OPT_PORT },
	{ "share", required_argument, NULL, OPT_SHARE },
	{ "disk", required_argument, NULL, OPT_DISK },
	{ "run-dir", required_argument, NULL, OPT_RUN_DIR },
	{ "attach", required_argument, NULL, OPT_ATTACH },
	{ "debug", no_argument, NULL, OPT_DEBUG },
	{ "gdb-port", required_argument, NULL, OPT_GDB_PORT },
	{ "loaded", required_argument, NULL, OPT_LOADED },
	{ "json", required_argument, NULL, OPT_JSON },
	{ "no-strict", no_argument, NULL, OPT_NO_STRICT },
	{ "log", required_argument, NULL, OPT_KERNEL_LOG },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "kernel-log", required_argument, NULL, OPT_KERNEL_LOG },
	{ "show-log", no_argument, NULL, OPT_SHOW_LOG },
	{ "qemu", required_argument, NULL, OPT_QEMU },
	{ "qemu-arg", required_argument, NULL, OPT_QEMU_ARG },
	{ "cache", required_argument, NULL, OPT_CACHE },
	{ "verbose", no_argument, NULL, OPT_VERBOSE },
	{ "dry-run", no_argument, NULL, OPT_DRY_RUN },
	OPTIONS_END,
};

static long number(const char *option, const char *text, long min, long max)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (errno || end == text || *end || n < min || n > max)
		dieusage("%s takes a number from %ld to %ld, not '%s'", option, min, max, text);
	return n;
}

/* Parse MiB, or a number with M or G. */
static unsigned memory(const char *text)
{
	long n, unit = 1;
	char *end;

	errno = 0;
	n = strtol(text, &end, 10);
	if (end > text && strchr("MG", *end) && *end && !end[1])
		unit = *end++ == 'G' ? 1024 : 1;
	if (errno || end == text || *end || n < 0 || n > MEMORY_MAX / unit || n * unit < MEMORY_MIN)
		dieusage("--memory (MEMORY= of make) takes %d to %d MiB, or GiB as in 2G, not '%s'",
			 MEMORY_MIN, MEMORY_MAX, text);
	return (unsigned)(n * unit);
}

/* The index of text in names, which ends with NULL. */
static int oneof(const char *option, const char *text, const char *const *names)
{
	struct buf all = { 0 };

	for (int i = 0; names[i]; i++) {
		if (strcmp(names[i], text) == 0) {
			buffree(&all);
			return i;
		}
		bufprintf(&all, "%s%s", i ? ", " : "", names[i]);
	}
	dieusage("%s takes one of %s, not '%s'", option, bufstr(&all), text);
}

static void portadd(struct options *o, const char *arg)
{
	struct port p;

	if (!portparse(&p, arg))
		dieusage("--port (PORTS= of make) takes HOST:GUEST, two numbers from 1 to "
			 "65535, not '%s'",
			 arg);
	o->ports = xrealloc(o->ports, (o->portcount + 1) * sizeof(p));
	o->ports[o->portcount++] = p;
	o->net = NET_ON;
}

/* The place for an option's value that is kept as text; NULL: no such option. */
static const char **textoption(struct options *o, int opt)
{
	switch (opt) {
	case OPT_IMAGES:
		return &o->images;
	case OPT_CONFIG:
		return &o->config;
	case OPT_INITRAMFS:
		return &o->initramfs;
	case OPT_ARCH:
		return &o->arch;
	case OPT_MACHINE:
		return &o->machine;
	case OPT_QEMU:
		return &o->qemu;
	case OPT_RUN_DIR:
		return &o->rundir;
	case OPT_ATTACH:
		return &o->attach;
	case OPT_KERNEL_LOG:
		return &o->kernellog;
	case OPT_LOADED:
		return &o->loaded;
	case OPT_JSON:
		return &o->json;
	case OPT_CACHE:
		return &o->cache;
	}
	return NULL;
}

/* The list for an option's values; NULL: no such option. */
static struct strlist *listoption(struct options *o, int opt)
{
	switch (opt) {
	case OPT_KERNEL:
		return &o->kernels;
	case OPT_SHARE:
		return &o->shares;
	case OPT_DISK:
		return &o->disks;
	case OPT_QEMU_ARG:
		return &o->qemuargs;
	}
	return NULL;
}

/* Parse an option on the machine; 0: no such option. */
static bool machineoption(struct options *o, int opt, const char *arg)
{
	static const char *const accels[] = { "auto", "kvm", "tcg", NULL };

	switch (opt) {
	case OPT_MEMORY:
		o->memory = memory(arg);
		return true;
	case OPT_CPUS:
		o->cpus = (unsigned)number("--cpus (CPUS= of make)", arg, 1, 255);
		return true;
	case OPT_ACCEL:
		o->accel = (enum accelwish)oneof("--accel", arg, accels);
		return true;
	case OPT_NET:
		o->net = NET_ON;
		return true;
	case OPT_NO_NET:
		o->net = NET_OFF;
		return true;
	case OPT_PORT:
		portadd(o, arg);
		return true;
	}
	return false;
}

static void optiontake(struct options *o, int opt, const char *arg)
{
	const char **text = textoption(o, opt);
	struct strlist *list = listoption(o, opt);

	if (text)
		*text = arg;
	else if (list)
		listadd(list, arg);
	if (text || list || machineoption(o, opt, arg))
		return;
	switch (opt) {
	case OPT_GUEST_INIT:
		o->guestinit = true;
		break;
	case OPT_APPEND:
		bufprintf(&o->append, "%s%s", o->append.len ? " " : "", arg);
		break;
	case OPT_NO_TUNE:
		o->tune = false;
		break;
	case OPT_DEBUG:
		o->debug = true;
		break;
	case OPT_GDB_PORT:
		o->gdbport = (unsigned)number("--gdb-port (GDB_PORT= of make)", arg, 1, 65535);
		break;
	case OPT_TIMEOUT:
		o->timeout = number("--timeout (TIMEOUT= of make)", arg, 0, 1000000);
		break;
	case OPT_NO_STRICT:
		o->strict = false;
		break;
	case OPT_SHOW_LOG:
		o->showlog = true;
		break;
	case OPT_VERBOSE:
		o->verbose = true;
		break;
	case OPT_DRY_RUN:
		o->dryrun = true;
		break;
	}
}

/* Append name to a list in words, if it is not there. */
static void nameadd(struct strlist *names, const char *name)
{
	if (!listhas(names, name))
		listadd(names, name);
}

/* "a, b or c": the names, sorted. Caller frees. */
static char *namesjoin(struct strlist *names)
{
	struct buf text = { 0 };

	listsort(names);
	for (size_t i = 0; i < names->len; i++)
		bufprintf(&text, "%s%s",
			  !i		       ? ""
			  : i + 1 < names->len ? ", "
					       : " or ",
			  names->item[i]);
	listfree(names);
	return bufsteal(&text);
}

/* Return the text of --help. Caller frees. */
static char *usageget(const struct archs *all)
{
	struct strlist archs = { 0 }, machines = { 0 };
	char *archtext, *machinetext, *usage;

	for (size_t i = 0; i < all->len; i++) {
		const struct arch *a = &all->item[i];

		nameadd(&archs, a->name);
		for (size_t j = 0; j < a->machines; j++)
			if (!a->machine[j].variant)
				nameadd(&machines, a->machine[j].name);
	}
	archtext = namesjoin(&archs);
	machinetext = namesjoin(&machines);
	usage = xasprintf(usagetext, archtext, machinetext);
	free(archtext);
	free(machinetext);
	return usage;
}

void optionsparse(struct options *o, int argc, char **argv)
{
	struct buf command = { 0 };
	char *usage, *why;
	int opt;

	*o = (struct options){ .memory = 256,
			       .cpus = 1,
			       .machine = "auto",
			       .timeout = -1,
			       .tune = true,
			       .strict = true };
	if (archsload(&o->archs, &why) < 0)
		die("%s", why);
	usage = usageget(&o->archs);
	while ((opt = getoption(argc, argv, "+:h", longopts, usage)) != -1)
		optiontake(o, opt, optarg);
	free(usage);
	if (!o->kernels.len && !o->images && !o->attach)
		dieusage("no kernel: give one by --kernel");
	if (o->debug && !o->rundir && !o->gdbport)
		dieusage("--debug needs a place for gdb: --run-dir DIR or --gdb-port N");
	for (int i = optind; i < argc; i++)
		bufprintf(&command, "%s%s", i > optind ? " " : "", argv[i]);
	if (optind < argc)
		o->command = command.data ? bufsteal(&command) : xstrdup("");
	buffree(&command);
}

void optionsfree(struct options *o)
{
	listfree(&o->kernels);
	archsfree(&o->archs);
	listfree(&o->found);
	buffree(&o->append);
	listfree(&o->qemuargs);
	listfree(&o->shares);
	listfree(&o->disks);
	free(o->ports);
	free(o->command);
}
