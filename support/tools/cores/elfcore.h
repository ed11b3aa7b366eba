/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An ELF core of a guest, as QEMU writes it: its memory by virtual addresses, and notes. */
#ifndef CORES_ELFCORE_H
#define CORES_ELFCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A part of the memory. */
struct segment {
	uint64_t addr; /* virtual */
	uint64_t size;
	uint64_t offset; /* in the file */
	uint64_t phys;	 /* physical address */
	uint64_t memory; /* size in the guest: QEMU tells the place of its beginning only */
};

/* Zero-initialise before use. */
struct elfcore {
	int fd; /* borrowed */
	bool wide;
	bool native;		 /* of this machine's byte order */
	struct segment *segment; /* by address; owned */
	size_t segments;
	bool paged;	   /* the addresses are virtual: gdb can use it */
	struct buf info;   /* the kernel's vmcoreinfo; empty: the core has none */
	struct buf note;   /* all notes */
	uint64_t headsat;  /* offset of the program headers */
	size_t heads;	   /* their number */
	uint64_t noteat;   /* offset of the notes */
	uint64_t notehead; /* offset of the program header of the notes; 0: there are none */
};

/* Read the headers of a core. Returns NULL, or why it is none (caller frees). */
char *elfcoreopen(struct elfcore *c, int fd);

void elfcorefree(struct elfcore *c);

/* Read len bytes at a virtual address. Returns whether the core has them. */
bool elfcoreread(const struct elfcore *c, uint64_t addr, void *data, size_t len);

/* Read an unsigned number of len bytes, of at most 8. */
bool elfcorenumber(const struct elfcore *c, uint64_t addr, size_t len, uint64_t *number);

/* Read a pointer. */
bool elfcorepointer(const struct elfcore *c, uint64_t addr, uint64_t *pointer);

/* Return the value of KEY= in vmcoreinfo, or NULL. Caller frees. */
char *elfcoreinfo(struct elfcore *c, const char *key);

/* Replace all notes by those in text. Returns 0, or -1 with errno. */
int elfcorenotes(const struct elfcore *c, const struct buf *text);

#endif
