/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the fields of an ELF file of 32 or 64 bits and either byte order. */
#ifndef BASE_ELFVIEW_H
#define BASE_ELFVIEW_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file that is being parsed. Its offsets and sizes are untrusted. */
struct elfview {
	const unsigned char *data;
	size_t len; /* bytes */
	bool wide;  /* 64 bit */
	bool big;   /* the most significant byte comes first */
	bool bad;   /* an access beyond the end was attempted */
};

/* Return the number of size bytes at that offset; 0 if it is beyond the end of the file. */
uint64_t elfnumber(struct elfview *v, uint64_t at, size_t size);

/* The size of an Ehdr, Phdr and so on; the value of a field of the one at that offset. */
#define ELF_SIZE(v, type) ((v)->wide ? sizeof(Elf64_##type) : sizeof(Elf32_##type))
#define ELF_FIELD(v, at, type, field)                                                              \
	elfnumber(v,                                                                               \
		  (at) + ((v)->wide ? offsetof(Elf64_##type, field)                                \
				    : offsetof(Elf32_##type, field)),                              \
		  (v)->wide ? sizeof(((Elf64_##type *)0)->field)                                   \
			    : sizeof(((Elf32_##type *)0)->field))

/*
 * View the len bytes at data. Returns whether they begin with a header of an ELF file; if not, the
 * view must not be used.
 */
bool elfviewset(struct elfview *v, const void *data, size_t len);

#endif
