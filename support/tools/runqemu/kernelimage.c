// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernelimage.h"

#include <elf.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "map.h"

#define XEN_ELFNOTE_PHYS32_ENTRY 18

#define SETUP_MAGIC_AT	 0x202 /* "HdrS" in the header that the x86 boot protocol describes */
#define SETUP_VERSION_AT 0x206 /* version of that protocol */
#define SETUP_PREF_AT	 0x258 /* since 2.10: the preferred load address; no lower one is used */
#define SETUP_SIZE_AT	 0x260 /* and the memory needed from there on, unpacked */

/* Whether the notes in len bytes at p have a PVH entry. */
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

static unsigned long long elfreach(const unsigned char *p, size_t len)
{
	unsigned long long reach = 0;
	Elf64_Ehdr head;
	Elf64_Phdr ph;

	if (len < sizeof(head))
		return 0;
	memcpy(&head, p, sizeof(head));
	for (size_t i = 0; i < head.e_phnum; i++) {
		if (head.e_phoff > len || (i + 1) * sizeof(ph) > len - head.e_phoff)
			break;
		memcpy(&ph, p + head.e_phoff + i * sizeof(ph), sizeof(ph));
		if (ph.p_type != PT_LOAD || ph.p_memsz > UINT64_MAX - ph.p_paddr)
			continue;
		if (ph.p_paddr + ph.p_memsz > reach)
			reach = ph.p_paddr + ph.p_memsz;
	}
	return reach;
}

/* x86 is little-endian, like this host. */
static unsigned long long bzimagereach(const unsigned char *p, size_t len)
{
	uint64_t prefers;
	uint32_t size;
	uint16_t version;

	if (len < SETUP_SIZE_AT + sizeof(size))
		return 0;
	memcpy(&version, p + SETUP_VERSION_AT, sizeof(version));
	memcpy(&prefers, p + SETUP_PREF_AT, sizeof(prefers));
	memcpy(&size, p + SETUP_SIZE_AT, sizeof(size));
	return version < 0x20a || prefers > UINT64_MAX - size ? 0 : prefers + size;
}

unsigned long long kernelreach(const void *data, size_t len)
{
	switch (kerneltype(data, len)) {
	case KERNEL_BZIMAGE:
		return bzimagereach(data, len);
	case KERNEL_ELF:
	case KERNEL_PVH:
		return elfreach(data, len);
	default:
		return 0;
	}
}

unsigned long long kernelmemory(const char *path)
{
	unsigned long long reach;
	struct map m;

	if (mapopen(&m, path) < 0)
		return 0;
	reach = kernelreach(m.data, m.len);
	mapclose(&m);
	return reach;
}
