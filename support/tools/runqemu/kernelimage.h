/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be seen of a kernel image by itself. */
#ifndef RUNQEMU_KERNELIMAGE_H
#define RUNQEMU_KERNELIMAGE_H

#include <stdbool.h>
#include <stddef.h>

enum kerneltype {
	KERNEL_UNKNOWN, /* none of the following */
	KERNEL_BZIMAGE, /* compressed, with the header of the bzImage boot protocol */
	KERNEL_ELF,	/* vmlinux without the note of a PVH entry */
	KERNEL_PVH,	/* vmlinux that QEMU can start at its PVH entry */
};

/* The last three are of an ELF file. */
struct kernelhead {
	enum kerneltype type;
	unsigned elf;  /* e_machine */
	unsigned bits; /* 32 or 64 */
	bool big;      /* big-endian */
};

/* Return the head of the image of len bytes at data. Any data is safe. */
struct kernelhead kernelhead(const void *data, size_t len);

/* Return its type alone. */
enum kerneltype kerneltype(const void *data, size_t len);

/*
 * Return the memory, in bytes, that the image needs during early boot, from the beginning of the
 * machine's memory if a vmlinux has a PVH entry or the image is a bzImage; 0: not known.
 */
unsigned long long kernelreach(const void *data, size_t len);

/*
 * Return the release of the kernel, as uname -r has it, from an image that is not compressed, or a
 * bzImage; NULL: not known. Caller frees.
 */
char *kernelrelease(const void *data, size_t len);

#endif
