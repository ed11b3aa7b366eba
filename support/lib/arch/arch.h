/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Descriptions of architectures: lines "key = value", which docs/architectures.md lists. Those of
 * support/arch are compiled in; others are read from files.
 */
#ifndef ARCH_ARCH_H
#define ARCH_ARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* A machine of QEMU. Texts are owned; NULL: the description has no such line. */
struct archmachine {
	char *name;
	char *variant;		/* the machine that it is a variant of; NULL: it is none */
	struct strlist symbols; /* kernel symbols without which it is not used */
	char *known;		/* "y": only for a kernel whose configuration is known */
	char *poweroff;		/* "n": a guest cannot turn itself off */
	char *qemu;		/* text of QEMU's -M */
	char *cpu;		/* processor model under TCG */
	struct strlist kernel;	/* "image", "vmlinux", "pvh": what it boots, the best first */
	struct strlist start;	/* values of gdb's $pc before the first instruction */
	char *bus;		/* suffix of its virtio devices: "device", "pci", "ccw" */
	struct strlist slots;	/* of its PCI bus, in hex: where virtio devices have interrupts */
	struct strlist needs;	/* kernel symbols without which virtio does not work there */
	struct strlist pci;	/* kernel symbols for its PCI bus; empty: it has none */
	struct strlist numa;	/* kernel symbols for its NUMA nodes; empty: it can have none */
	struct strlist uefi;	/* files, one of which may be its UEFI firmware */
	char *uefioption;	/* QEMU's option for that file: "bios", "kernel"; NULL: bios */
	char *noacpi;		/* text behind that of -M with which firmware gives a device tree */
	char *bios;		/* "y": QEMU brings a BIOS for it */
	char *console;		/* the guest's name of the console, with its options */
	char *skip;		/* number of serial ports before that of the console */
	char *serial;		/* how a second serial port is made: "isa-serial", "serial" */
	char *tty;		/* the guest's name of that port */
	char *append;		/* kernel arguments that it always needs */
	char *early;		/* kernel arguments for messages before there is a console */
	char *fwcfg;		/* arguments by which a kernel without ACPI finds fw_cfg */
	char *tune;		/* kernel arguments that only shorten the boot under TCG */
	char *tuneone;		/* the same if there is one processor */
};

/* An architecture. The value of each key that is a list is a list of words. */
struct arch {
	char *name; /* in Whittle: the name of its file without ".arch" */
	char *title, *bitstext, *endian, *elftext;
	char *libgcc;	   /* a compiler whose libgcc fits, where that of cross does not */
	char *only_static; /* "y": programs are linked statically only */
	char *cross, *cflags, *musl, *loader, *triplet, *cmake, *meson;
	struct strlist host;	/* what uname -m says on machines that run its programs */
	struct strlist kvm;	/* on others whose KVM runs its kernels */
	char *kernel, *srcarch; /* ARCH of the kernel's make; its directory in arch/ */
	char *target, *image;	/* goal of the kernel's make for the file that boots; its path */
	struct strlist magic;	/* of that file: an offset, and the bytes there in hex */
	struct strlist size;	/* of that file: offset and length of its size in memory */
	struct strlist symbols; /* that a configuration of its kernel has set */
	struct strlist lacks;	/* what packages may need and it does not have, for Kconfig */
	char *offset;		/* the kernel symbol that says how far it is from its addresses */
	char *direct;		/* the kernel symbol with which vmlinux boots, too */
	char *efi;		/* its name in UEFI, "x64" of BOOTX64.EFI; NULL: it has none */
	char *bios;		/* "y": machines of it have a BIOS */
	char *llvm;		/* "y": clang compiles its kernel */
	struct strlist replay;	/* series of its kernels that replay is proven with, as 6.12 */
	char *nokaslr;		/* "y": the kernel understands nokaslr */
	char *append;		/* kernel arguments that it always needs */
	char *qemu;		/* QEMU's program */
	char *cpu;		/* processor model of machines that have none */
	struct strlist kvmcpus; /* processor models under KVM, the best first */
	char *tune, *tuneone;	/* kernel arguments, as those of a machine */
	char *tunetsc;		/* others with KHZ, the rate of the host's time stamp counter */
	struct strlist record;	/* QEMU arguments for a guest that is recorded */
	struct strlist names;	/* of its machines, the best first */
	struct strlist apt, dnf, pacman, zypper, apk;		/* packages, by package manager */
	struct strlist fwapt, fwdnf, fwpacman, fwzypper, fwapk; /* the same for its firmware */

	unsigned bits;		     /* 32 or 64 */
	bool big;		     /* big-endian */
	unsigned elf;		     /* e_machine of its programs */
	struct archmachine *machine; /* array of machines, in the order of names */
	size_t machines;
};

/* Zero-initialise before use. */
struct archs {
	struct arch *item; /* sorted by name */
	size_t len;
};

/*
 * Read the description in text; file is its name in messages, and gives the name. Returns 0, or -1
 * with *why set (caller frees), which names the file and, if there is one, the line. a is to be
 * freed in any case.
 */
int archparse(struct arch *a, const char *file, const char *text, char **why);

/* Add the descriptions that are compiled in. Returns 0, or -1 with *why set as above. */
int archsload(struct archs *all, char **why);

/*
 * Return the architecture called name; if name has a slash, it is a file, which is read and added
 * to all. Returns NULL with *why set if it cannot be read, or with *why NULL if there is none. What
 * was returned before is not valid after a file was added.
 */
const struct arch *archfind(struct archs *all, const char *name, char **why);

/* Return the first architecture with such programs, or NULL. */
const struct arch *archofelf(const struct archs *all, unsigned elf, unsigned bits, bool big);

/* Return the machine called name, or NULL. */
const struct archmachine *archmachine(const struct arch *a, const char *name);

/* Whether the len bytes at data begin a file of the kind of a's image. */
bool archhasmagic(const struct arch *a, const void *data, size_t len);

/* The size in memory that such a file of len bytes says it needs, in bytes; 0: it does not say. */
unsigned long long archsize(const struct arch *a, const void *data, size_t len);

void archfree(struct arch *a);
void archsfree(struct archs *all);

#endif
