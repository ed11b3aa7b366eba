/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kind of kernel a file holds. */
#ifndef RUNQEMU_KERNELIMAGE_H
#define RUNQEMU_KERNELIMAGE_H

#include <stddef.h>

enum kerneltype {
	KERNEL_UNKNOWN, /* neither of the below */
	KERNEL_BZIMAGE, /* compressed, started by a boot loader or firmware */
	KERNEL_ELF,	/* vmlinux without the note of a PVH entry: QEMU cannot start it */
	KERNEL_PVH,	/* vmlinux that QEMU can start at its PVH entry */
};

/* The kind of the image of len bytes at data, however damaged it is. */
enum kerneltype kerneltype(const void *data, size_t len);

/* The same of the file at path; -1 with errno set if it cannot be read. */
int kernelfiletype(const char *path);

/* The end of the memory that the image needs before it can look after itself, in bytes; 0: not
 * known. */
unsigned long long kernelreach(const void *data, size_t len);

/* The same of the file at path; 0 as well if it cannot be read. */
unsigned long long kernelmemory(const char *path);

#endif
