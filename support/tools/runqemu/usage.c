// SPDX-License-Identifier: GPL-2.0-or-later
#include "usage.h"

#include <stdlib.h>

#include "base/buf.h"

/* %s: the names of all architectures, and of all machines. */
static const char usagetext[] =
	"usage: runqemu [OPTION]... [--] [COMMAND...]\n"
	"Boot a Linux kernel in QEMU and run COMMAND in the guest, or use its console.\n"
	"\n"
	"What to boot:\n"
	"  --kernel FILE      the image that a boot loader starts, or vmlinux; may be given for each\n"
	"  --vmlinux FILE     the same as --kernel\n"
	"  --config FILE      the kernel's .config, to choose a machine that it can boot on\n"
	"  --modules DIR      the kernel's modules: lib/modules/RELEASE, or a directory with that\n"
	"                     (where distributions have them)\n"
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
	"  --lan ADDRESS      a network that guests of this machine share; the guest's address there\n"
	"  --vsock CID        a vsock device with that context id, 3 or more\n"
	"  --numa NODES       their number, or for each MEMORY[:FIRST[-LAST]], with its processors\n"
	"  --disk FILE[:ro][:nvme]\n"
	"                     a disk of the guest, raw or qcow2, /dev/vda and so on; may be repeated\n"
	"  --boot FILE        an image with the root filesystem, /dev/vda, in place of --initramfs;\n"
	"                     what the guest writes to it is lost\n"
	"  --firmware WHICH   let auto, bios or uefi boot FILE: the kernel and its arguments are those\n"
	"                     of the image\n"
	"  --boot-as WHICH    with --firmware, what FILE is: virtio, nvme, usb or cd (virtio)\n"
	"  --keep             ... stays in FILE\n"
	"  --share DIR[:MOUNT][:rw]\n"
	"                     the guest has DIR, read-only unless :rw, at MOUNT (/mnt/ and the\n"
	"                     last part of DIR); may be repeated\n"
	"  --root DIR         the guest's programs and files are those of DIR, such as /: it only reads\n"
	"                     them, and what it writes is in its memory\n"
	"  --root-hide PATH   hide PATH of DIR, too, besides keys and passwords; none: hide those not\n"
	"  --user NAME        with --root: the user who runs COMMAND or the shell (root)\n"
	"  --qemu FILE        QEMU's program (qemu-system- and the architecture)\n"
	"  --qemu-arg ARG     one more argument for QEMU; may be repeated\n"
	"\n"
	"While it runs:\n"
	"  --run-dir DIR      create sockets in DIR, for gdb and for further shells\n"
	"  --attach DIR       boot nothing: run COMMAND or a shell in the guest with --run-dir DIR\n"
	"  --debug            stop before the first instruction, for gdb; with nokaslr\n"
	"  --record DIR       record the run in DIR, to be replayed: needs a COMMAND (docs/record.md)\n"
	"  --snapshots N      with --record: keep up to N snapshots of the guest; 0: none (16)\n"
	"  --replay DIR       play that recording; with --debug, gdb can also go back in it\n"
	"  --gdb-port N       QEMU's gdb server listens on 127.0.0.1:N\n"
	"  --loaded FILE      remove FILE once QEMU has read kernel and initramfs\n"
	"  --timeout SECONDS  give up after so long without a sign of life; 0: never\n"
	"                     (60, and never at a terminal or for gdb)\n"
	"\n"
	"Output:\n"
	"  --show-log         show all kernel messages: at a terminal or, for a COMMAND, on\n"
	"                     standard error\n"
	"  --log FILE         write all console output to FILE (also --kernel-log)\n"
	"  --symbols PATH     a module with debug information, or a directory of such; may be\n"
	"                     repeated: for the files and lines of a trace (docs/decode.md)\n"
	"  --source DIR       the kernel's sources, for the same (where the build had them)\n"
	"  --map FROM=TO      what the build had in FROM is in TO now; may be repeated\n"
	"  --decode           decode the traces of a run that does not fail, too, as of a warning\n"
	"  --no-decode        do not show traces a second time, with files and lines\n"
	"  --json FILE        write a record of the run to FILE\n"
	"  --junit FILE       write the results of tests to FILE, as JUnit XML\n"
	"  --expect FILE      tests that are known to fail, a name a line: they do not count\n"
	"  --repeat N         run COMMAND N times, each in a new guest; do they all end alike?\n"
	"  --keep-failed DIR  with --repeat: keep log, output and record of the first failure in DIR\n"
	"  --crash DIR        keep the memory of a guest that panics or hangs below DIR, for debuggers\n"
	"  --crash-max SIZE   remove the oldest ones in DIR when they take more, such as 512M (2G)\n"
	"  --remember DIR     keep in DIR what 'make repro' packs; the tool repro does it\n"
	"  --remember-with NAME=FILE\n"
	"                     and a copy of FILE; may be repeated\n"
	"  --fold WHICH       none, github or gitlab (none): fold the guest's part of a CI log\n"
	"  --no-strict        do not fail for an oops, a fault, a hung task, a lockup, a failed test\n"
	"  --cache DIR        remember here whether KVM works (~/.cache/whittle)\n"
	"  --verbose          print QEMU's command line\n"
	"  --dry-run          print it and exit\n"
	"  --help             show this\n"
	"  --version          show the version\n"
	"\n"
	"Exits with COMMAND's status, or with 0 when the console is left. Otherwise, with a last\n"
	"line on standard error with the reason: 118 some of the runs of --repeat failed, 119 tests\n"
	"failed in COMMAND's output, 120 COMMAND ended but the kernel is not well, 121 the guest\n"
	"ended before COMMAND did, 122 it panicked, 123 it never reached init, 124 no sign of life,\n"
	"125 QEMU or runqemu failed, 2 usage.\n";

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

char *usageget(const struct archs *all)
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
