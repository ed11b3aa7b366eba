// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernelimage.h"

#include <elf.h>
#include <stdbool.h>
#include <string.h>

#include "map.h"

#define XEN_ELFNOTE_PHYS32_ENTRY 18

#define SETUP_MAGIC_AT 0x202 /* "HdrS" in the header that the x86 boot protocol describes */

/* Whether the notes in len bytes at p have the one that PVH is about. */
static bool notefind(const unsigned char *p, size_t len, size_t align)
{
	Elf64_Nhdr note;

	while (len >= sizeof(note)) {
		size_t name, desc;

		memcpy(&note, p, sizeof(note));
		p += sizeof(note);
		len -= sizeof(note);
		name = (note.n_namesz + align - 1) / align * align;
		desc = (note.n_descsz + align - 1) / align * align;
		if (name > len || note.n_descsz > len - name)
			return false;
		if (note.n_type == XEN_ELFNOTE_PHYS32_ENTRY && note.n_namesz == sizeof("Xen") &&
		    memcmp(p, "Xen", sizeof("Xen")) == 0 && note.n_descsz >= sizeof(Elf32_Word))
			return true;
		if (desc > len - name)
			return false;
		p += name + desc;
		len -= name + desc;
	}
	return false;
}

static enum kerneltype elftype(const unsigned char *p, size_t len)
{
	Elf64_Ehdr head;
	Elf64_Phdr ph;

	if (len < sizeof(head))
		return KERNEL_UNKNOWN;
	memcpy(&head, p, sizeof(head));
	for (size_t i = 0; i < head.e_phnum; i++) {
		if (head.e_phoff > len || (i + 1) * sizeof(ph) > len - head.e_phoff)
			break;
		memcpy(&ph, p + head.e_phoff + i * sizeof(ph), sizeof(ph));
		if (ph.p_type != PT_NOTE || ph.p_offset > len || ph.p_filesz > len - ph.p_offset)
			continue;
		if (notefind(p + ph.p_offset, ph.p_filesz, ph.p_align == 8 ? 8 : 4))
			return KERNEL_PVH;
	}
	return KERNEL_ELF;
}

enum kerneltype kerneltype(const void *data, size_t len)
{
	const unsigned char *p = data;

	if (len >= EI_NIDENT && memcmp(p, ELFMAG, SELFMAG) == 0 && p[EI_CLASS] == ELFCLASS64)
		return elftype(p, len);
	if (len >= SETUP_MAGIC_AT + 4 && memcmp(p + SETUP_MAGIC_AT, "HdrS", 4) == 0)
		return KERNEL_BZIMAGE;
	return KERNEL_UNKNOWN;
}

int kernelfiletype(const char *path)
{
	enum kerneltype type;
	struct map m;

	if (mapopen(&m, path) < 0)
		return -1;
	type = kerneltype(m.data, m.len);
	mapclose(&m);
	return (int)type;
}
