/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an ELF file says of the interpreter and the libraries that it runs with. */
#ifndef MKINITRAMFS_ELF_H
#define MKINITRAMFS_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Zero-initialise before use. */
struct elf {
	unsigned char class;   /* ELFCLASS32 or ELFCLASS64 */
	unsigned char order;   /* of its bytes: ELFDATA2LSB or ELFDATA2MSB */
	uint16_t machine;      /* EM_X86_64 and so on */
	char *interp;	       /* the interpreter's path, owned; NULL if it needs none */
	struct strlist needed; /* names of libraries, in their order */
	char *path;   /* where to look for them first, as it stands there, owned; or NULL */
	bool runpath; /* path is a DT_RUNPATH and not a DT_RPATH */
};

/* Whether data begins as an ELF file. */
bool elfis(const void *data, size_t len);

/*
 * Fill e in from a whole file. NULL, or why it cannot be: text without a full stop. Only what
 * can be run or loaded has an interpreter and needs; of others only the machine is told.
 */
const char *elfread(struct elf *e, const void *data, size_t len);

/* Whether the two are for the same machine. */
bool elfsame(const struct elf *a, const struct elf *b);

/* What is there is not for the machine of its user: the end of a message; the caller frees it. */
char *elfdifference(const struct elf *there, const struct elf *user);

void elffree(struct elf *e);

#endif
