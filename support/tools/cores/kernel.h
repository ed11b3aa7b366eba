/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What vmlinux says of a kernel: its build ID, symbols and structures. */
#ifndef CORES_KERNEL_H
#define CORES_KERNEL_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A member of a structure. */
struct member {
	uint64_t at;   /* bytes from the beginning of the structure */
	uint64_t size; /* bytes */
};

/* Zero-initialise before use. */
struct kernel {
	int fd;
	Elf *elf;
	Dwarf *dwarf;	  /* NULL: there is no debug information */
	char buildid[80]; /* in hexadecimal; "": none */
};

/* Open vmlinux. Returns NULL, or why it cannot be used (caller frees). */
char *kernelopen(struct kernel *k, const char *path);

void kernelclose(struct kernel *k);

/* Whether there is a symbol of that name; then *addr and *size are set to its. */
bool kernelsymbol(const struct kernel *k, const char *name, uint64_t *addr, uint64_t *size);

/* Read len bytes of data that the kernel has at an address before it runs. */
bool kernelread(const struct kernel *k, uint64_t addr, void *data, size_t len);

/* Find the structure of that name. Returns whether the debug information has it. */
bool kernelstruct(const struct kernel *k, const char *name, Dwarf_Die *die);

/* Find a member of a structure, by a path such as "thread.sp". */
bool kernelmember(Dwarf_Die *die, const char *path, struct member *m);

#endif
