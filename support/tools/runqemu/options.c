// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "base/size.h"
#include "crash/crashdir.h"
#include "optionvalue.h"
#include "outputs.h"
#include "usage.h"

enum {
	OPT_KERNEL = OPTION_FIRST,
	OPT_IMAGES,
	OPT_CONFIG,
	OPT_MODULES,
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
	OPT_BOOT,
	OPT_BOOT_AS,
	OPT_FIRMWARE,
	OPT_KEEP,
	OPT_LAN,
	OPT_VSOCK,
	OPT_NUMA,
	OPT_ROOT,
	OPT_ROOT_HIDE,
	OPT_USER,
	OPT_RUN_DIR,
	OPT_ATTACH,
	OPT_RECORD,
	OPT_SNAPSHOTS,
	OPT_REPLAY,
	OPT_DEBUG,
	OPT_GDB_PORT,
	OPT_LOADED,
	OPT_JSON,
	OPT_JUNIT,
	OPT_EXPECT,
	OPT_REPEAT,
	OPT_KEEP_FAILED,
	OPT_FOLD,
	OPT_CRASH,
	OPT_CRASH_MAX,
	OPT_REMEMBER,
	OPT_REMEMBER_WITH,
	OPT_NO_STRICT,
	OPT_TIMEOUT,
	OPT_KERNEL_LOG,
	OPT_SHOW_LOG,
	OPT_SYMBOLS,
	OPT_SOURCE,
	OPT_MAP,
	OPT_DECODE,
	OPT_NO_DECODE,
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
	{ "modules", required_argument, NULL, OPT_MODULES },
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
	{ "boot", required_argument, NULL, OPT_BOOT },
	{ "boot-as", required_argument, NULL, OPT_BOOT_AS },
	{ "firmware", required_argument, NULL, OPT_FIRMWARE },
	{ "keep", no_argument, NULL, OPT_KEEP },
	{ "lan", required_argument, NULL, OPT_LAN },
	{ "vsock", required_argument, NULL, OPT_VSOCK },
	{ "numa", required_argument, NULL, OPT_NUMA },
	{ "root", required_argument, NULL, OPT_ROOT },
	{ "root-hide", required_argument, NULL, OPT_ROOT_HIDE },
	{ "user", required_argument, NULL, OPT_USER },
	{ "run-dir", required_argument, NULL, OPT_RUN_DIR },
	{ "attach", required_argument, NULL, OPT_ATTACH },
	{ "record", required_argument, NULL, OPT_RECORD },
	{ "snapshots", required_argument, NULL, OPT_SNAPSHOTS },
	{ "replay", required_argument, NULL, OPT_REPLAY },
	{ "debug", no_argument, NULL, OPT_DEBUG },
	{ "gdb-port", required_argument, NULL, OPT_GDB_PORT },
	{ "loaded", required_argument, NULL, OPT_LOADED },
	{ "json", required_argument, NULL, OPT_JSON },
	{ "junit", required_argument, NULL, OPT_JUNIT },
	{ "expect", required_argument, NULL, OPT_EXPECT },
	{ "repeat", required_argument, NULL, OPT_REPEAT },
	{ "keep-failed", required_argument, NULL, OPT_KEEP_FAILED },
	{ "fold", required_argument, NULL, OPT_FOLD },
	{ "crash", required_argument, NULL, OPT_CRASH },
	{ "crash-max", required_argument, NULL, OPT_CRASH_MAX },
	{ "remember", required_argument, NULL, OPT_REMEMBER },
	{ "remember-with", required_argument, NULL, OPT_REMEMBER_WITH },
	{ "no-strict", no_argument, NULL, OPT_NO_STRICT },
	{ "log", required_argument, NULL, OPT_KERNEL_LOG },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "kernel-log", required_argument, NULL, OPT_KERNEL_LOG },
	{ "show-log", no_argument, NULL, OPT_SHOW_LOG },
	{ "symbols", required_argument, NULL, OPT_SYMBOLS },
	{ "source", required_argument, NULL, OPT_SOURCE },
	{ "map", required_argument, NULL, OPT_MAP },
	{ "decode", no_argument, NULL, OPT_DECODE },
	{ "no-decode", no_argument, NULL, OPT_NO_DECODE },
	{ "qemu", required_argument, NULL, OPT_QEMU },
	{ "qemu-arg", required_argument, NULL, OPT_QEMU_ARG },
	{ "cache", required_argument, NULL, OPT_CACHE },
	{ "verbose", no_argument, NULL, OPT_VERBOSE },
	{ "dry-run", no_argument, NULL, OPT_DRY_RUN },
	OPTIONS_END,
};

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
	case OPT_MODULES:
		return &o->modules;
	case OPT_INITRAMFS:
		return &o->initramfs;
	case OPT_ARCH:
		return &o->arch;
	case OPT_MACHINE:
		return &o->machine;
	case OPT_BOOT:
		return &o->boot;
	case OPT_NUMA:
		return &o->nodes;
	case OPT_QEMU:
		return &o->qemu;
	case OPT_ROOT:
		return &o->root;
	case OPT_USER:
		return &o->user;
	case OPT_RUN_DIR:
		return &o->rundir;
	case OPT_ATTACH:
		return &o->attach;
	case OPT_KERNEL_LOG:
		return &o->kernellog;
	case OPT_SOURCE:
		return &o->source;
	case OPT_RECORD:
		return &o->record;
	case OPT_REPLAY:
		return &o->replay;
	case OPT_LOADED:
		return &o->loaded;
	case OPT_JSON:
		return &o->json;
	case OPT_CACHE:
		return &o->cache;
	case OPT_JUNIT:
		return &o->junit;
	case OPT_EXPECT:
		return &o->expect;
	case OPT_KEEP_FAILED:
		return &o->keepfailed;
	case OPT_CRASH:
		return &o->crash;
	case OPT_REMEMBER:
		return &o->remember;
	}
	return NULL;
}

/* The list for an option's values; NULL: no such option. */
static struct strlist *listoption(struct options *o, int opt, const char *arg)
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
	case OPT_SYMBOLS:
		return &o->symbols;
	case OPT_REMEMBER_WITH:
		if (*arg == '=' || !strchr(arg, '=') || memchr(arg, '/', strcspn(arg, "=")))
			dieusage("--remember-with takes NAME=FILE, not '%s'", arg);
		return &o->with;
	case OPT_MAP:
		if (!strchr(arg, '='))
			dieusage("--map takes FROM=TO, not '%s'", arg);
		return &o->maps;
	}
	return NULL;
}

/* Parse an option on the machine; 0: no such option. */
static bool machineoption(struct options *o, int opt, const char *arg)
{
	static const char *const accels[] = { "auto", "kvm", "tcg", NULL };
	static const char *const firmware[] = { "auto", "bios", "uefi", NULL };
	static const char *const kinds[] = { "virtio", "nvme", "usb", "cd", NULL };
	char *why;

	switch (opt) {
	case OPT_FIRMWARE:
		o->firmware =
			FIRMWARE_AUTO +
			(enum firmware)optiononeof("--firmware (FIRMWARE= of make)", arg, firmware);
		return true;
	case OPT_BOOT_AS:
		o->bootas = (enum diskkind)optiononeof("--boot-as", arg, kinds);
		return true;
	case OPT_MEMORY:
		o->memory = optionmemory(arg);
		return true;
	case OPT_CPUS:
		o->cpus = (unsigned)numberoption("--cpus (CPUS= of make)", arg, 1, 255);
		return true;
	case OPT_ACCEL:
		o->accel = (enum accelwish)optiononeof("--accel", arg, accels);
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
	case OPT_LAN:
		why = lanparse(&o->lan, arg);
		if (why)
			dieusage("%s", why);
		return true;
	case OPT_VSOCK:
		o->vsock = (unsigned)numberoption("--vsock (VSOCK= of make)", arg, 3, INT_MAX);
		return true;
	case OPT_ROOT_HIDE:
		if (strcmp(arg, "none") == 0)
			o->hidenone = true;
		else
			listadd(&o->hide, arg);
		return true;
	}
	return false;
}

static void optiontake(struct options *o, int opt, const char *arg)
{
	static const char *const folds[] = { "none", "github", "gitlab", NULL };
	const char **text = textoption(o, opt);
	struct strlist *list = listoption(o, opt, arg);

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
	case OPT_KEEP:
		o->keep = true;
		break;
	case OPT_NO_TUNE:
		o->tune = false;
		break;
	case OPT_DEBUG:
		o->debug = true;
		break;
	case OPT_GDB_PORT:
		o->gdbport =
			(unsigned)numberoption("--gdb-port (GDB_PORT= of make)", arg, 1, 65535);
		break;
	case OPT_TIMEOUT:
		o->timeout = numberoption("--timeout (TIMEOUT= of make)", arg, 0, 1000000);
		break;
	case OPT_SNAPSHOTS:
		o->snapshots = (int)numberoption("--snapshots (SNAPSHOTS= of make)", arg, 0, 1000);
		break;
	case OPT_REPEAT:
		o->repeat = (unsigned)numberoption("--repeat (REPEAT= of make)", arg, 1, 100000);
		break;
	case OPT_FOLD:
		o->fold = (enum foldkind)optiononeof("--fold (FOLD= of make)", arg, folds);
		break;
	case OPT_CRASH_MAX:
		if (sizeparse(arg, &o->crashmax) < 0)
			dieusage(
				"--crash-max (CRASH_MAX= of make) takes a size, as 512M or 2G, not '%s'",
				arg);
		break;
	case OPT_NO_STRICT:
		o->strict = false;
		break;
	case OPT_DECODE:
	case OPT_NO_DECODE:
		o->decode = o->decodeall = opt == OPT_DECODE;
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

/* What goes with firmware only, and what does not. */
static void bootcheck(const struct options *o)
{
	bool firmware = o->firmware != FIRMWARE_NONE;

	if (firmware && !o->boot)
		dieusage("--firmware goes with --boot FILE (BOOT= of make)");
	if (firmware && o->append.len)
		dieusage("with --firmware the kernel's arguments are those of the image: leave out "
			 "--append (APPEND= of make)");
	if (!firmware && o->bootas != DISK_VIRTIO)
		dieusage("--boot-as goes with --firmware");
}

void optionsparse(struct options *o, int argc, char **argv)
{
	struct buf command = { 0 };
	char *usage, *why;
	int opt;

	*o = (struct options){ .memory = 256,
			       .cpus = 1,
			       .machine = "auto",
			       .firmware = FIRMWARE_NONE,
			       .timeout = -1,
			       .snapshots = -1,
			       .tune = true,
			       .strict = true,
			       .decode = true,
			       .crashmax = CRASH_MAX };
	if (archsload(&o->archs, &why) < 0)
		die("%s", why);
	outputsfresh(argc, argv, longopts);
	usage = usageget(&o->archs);
	while ((opt = getoption(argc, argv, "+:h", longopts, usage)) != -1)
		optiontake(o, opt, optarg);
	free(usage);
	if (!o->kernels.len && !o->images && !o->attach && !o->replay)
		dieusage("no kernel: give one by --kernel");
	if (o->debug && !o->rundir && !o->gdbport)
		dieusage("--debug needs a place for gdb: --run-dir DIR or --gdb-port N");
	outputscheck(o);
	bootcheck(o);
	if (o->keep && !o->boot)
		dieusage("--keep goes with --boot FILE (KEEP=y with BOOT= of make)");
	if (o->boot && (o->initramfs || o->root))
		dieusage("--boot has the root file system: leave out %s",
			 o->root ? "--root (ROOT= of make)" : "--initramfs");
	why = o->nodes ? numaparse(&o->numa, o->nodes, &o->memory, &o->cpus) : NULL;
	if (why)
		dieusage("%s", why);
	if (!o->root && (o->user || o->hide.len || o->hidenone))
		dieusage("%s is for --root DIR (ROOT= of make)",
			 o->user ? "--user (GUEST_USER= of make)"
				 : "--root-hide (ROOT_HIDE= of make)");
	for (int i = optind; i < argc; i++)
		bufprintf(&command, "%s%s", i > optind ? " " : "", argv[i]);
	if (optind < argc)
		o->command = command.data ? bufsteal(&command) : xstrdup("");
	buffree(&command);
	if (o->repeat && (!o->command || o->debug))
		dieusage(
			"--repeat (REPEAT= of make) needs a COMMAND (RUN= of make), and not --debug");
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
	listfree(&o->hide);
	listfree(&o->symbols);
	listfree(&o->maps);
	listfree(&o->with);
	lanfree(&o->lan);
	free(o->ports);
	free(o->command);
}
