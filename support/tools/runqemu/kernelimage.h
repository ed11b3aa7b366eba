/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The type of a kernel image. */
#ifndef RUNQEMU_KERNELIMAGE_H
#define RUNQEMU_KERNELIMAGE_H

#include <stddef.h>

enum kerneltype {
	KERNEL_UNKNOWN, /* none of the following */
	KERNEL_BZIMAGE, /* compressed, for a boot loader or firmware */
	KERNEL_ELF,	/* vmlinux without the note of a PVH entry: QEMU cannot start it */
	KERNEL_PVH,	/* vmlinux that QEMU can start at its PVH entry */
};

/* Return the type of the image of len bytes at data. Any data is safe. */
enum kerneltype kerneltype(const void *data, size_t len);

/* The same for the file at path; -1 with errno if it cannot be read. */
int kernelfiletype(const char *path);

/* Return the end of the memory, in bytes, that the image needs during early boot; 0: not known. */
unsigned long long kernelreach(const void *data, size_t len);

/* The same for the file at path; also 0 if it cannot be read. */
unsigned long long kernelmemory(const char *path);

#endif
