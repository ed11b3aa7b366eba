/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading of the interpreter and the needed libraries from an ELF file. */
#ifndef MKINITRAMFS_ELF_H
#define MKINITRAMFS_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Zero-initialise before use. */
struct elf {
	unsigned char class;   /* ELFCLASS32 or ELFCLASS64 */
	unsigned char order;   /* byte order: ELFDATA2LSB or ELFDATA2MSB */
	uint16_t machine;      /* e_machine: EM_... of <elf.h> */
	bool program;	       /* an executable or a shared library */
	char *interp;	       /* the interpreter's path, owned; NULL if it needs none */
	struct strlist needed; /* names of the needed libraries, in order */
	char *path;   /* search path of the libraries, as written in the file, owned; or NULL */
	bool runpath; /* path is a DT_RUNPATH, not a DT_RPATH */
};

/* Return whether data starts like an ELF file. */
bool elfis(const void *data, size_t len);

/*
 * Parse a whole file into e. Returns NULL, or an error message without a full stop. Only
 * executables and shared libraries have an interpreter and needed libraries; for other files only
 * the machine is set.
 */
const char *elfread(struct elf *e, const void *data, size_t len);

/* Return whether both files are for the same machine. */
bool elfsame(const struct elf *a, const struct elf *b);

/*
 * Return the middle of a message that says how the machine of there differs from that of its user.
 * Caller frees.
 */
char *elfdifference(const struct elf *there, const struct elf *user);

void elffree(struct elf *e);

#endif
