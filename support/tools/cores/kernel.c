// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel.h"

#include <dwarf.h>
#include <elfutils/libdwelf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

char *kernelopen(struct kernel *k, const char *path)
{
	const void *id;
	GElf_Ehdr head;
	ssize_t len;

	elf_version(EV_CURRENT);
	k->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (k->fd < 0)
		return xstrdup(strerror(errno));
	k->elf = elf_begin(k->fd, ELF_C_READ_MMAP, NULL);
	if (!k->elf || !gelf_getehdr(k->elf, &head)) {
		kernelclose(k);
		return xstrdup("it is no vmlinux");
	}
	k->dwarf = dwarf_begin_elf(k->elf, DWARF_C_READ, NULL);
	len = dwelf_elf_gnu_build_id(k->elf, &id);
	for (ssize_t i = 0; i < len && (size_t)i * 2 + 2 < sizeof(k->buildid); i++)
		snprintf(k->buildid + 2 * i, 3, "%02x", ((const unsigned char *)id)[i]);
	return NULL;
}

void kernelclose(struct kernel *k)
{
	dwarf_end(k->dwarf);
	elf_end(k->elf);
	if (k->fd >= 0)
		close(k->fd);
	*k = (struct kernel){ .fd = -1 };
}

static Elf_Scn *symtab(const struct kernel *k, GElf_Shdr *head)
{
	Elf_Scn *s = NULL;

	while ((s = elf_nextscn(k->elf, s)))
		if (gelf_getshdr(s, head) && head->sh_type == SHT_SYMTAB)
			break;
	return s;
}

bool kernelsymbol(const struct kernel *k, const char *name, uint64_t *addr, uint64_t *size)
{
	GElf_Shdr head;
	Elf_Scn *s = symtab(k, &head);
	Elf_Data *data = s ? elf_getdata(s, NULL) : NULL;
	GElf_Sym sym;

	for (int i = 0; data && gelf_getsym(data, i, &sym); i++) {
		const char *own = elf_strptr(k->elf, head.sh_link, sym.st_name);

		if (own && strcmp(own, name) == 0) {
			*addr = sym.st_value;
			*size = sym.st_size;
			return true;
		}
	}
	return false;
}

bool kernelread(const struct kernel *k, uint64_t addr, void *data, size_t len)
{
	GElf_Shdr head;
	Elf_Scn *s = NULL;

	while ((s = elf_nextscn(k->elf, s))) {
		if (!gelf_getshdr(s, &head) || head.sh_type != SHT_PROGBITS ||
		    !(head.sh_flags & SHF_ALLOC) || addr < head.sh_addr ||
		    addr - head.sh_addr > head.sh_size ||
		    len > head.sh_size - (addr - head.sh_addr))
			continue;
		return pread(k->fd, data, len, (off_t)(head.sh_offset + addr - head.sh_addr)) ==
		       (ssize_t)len;
	}
	return false;
}

bool kernelstruct(const struct kernel *k, const char *name, Dwarf_Die *die)
{
	Dwarf_Off off = 0, next;
	size_t size;

	for (; k->dwarf && dwarf_nextcu(k->dwarf, off, &next, &size, NULL, NULL, NULL) == 0;
	     off = next) {
		Dwarf_Die unit;
		int more;

		if (!dwarf_offdie(k->dwarf, off + size, &unit))
			continue;
		for (more = dwarf_child(&unit, die); more == 0; more = dwarf_siblingof(die, die)) {
			const char *own =
				dwarf_tag(die) == DW_TAG_structure_type ? dwarf_diename(die) : NULL;
			Dwarf_Attribute attr;

			if (own && strcmp(own, name) == 0 &&
			    !dwarf_attr(die, DW_AT_declaration, &attr))
				return true;
		}
	}
	return false;
}

/* The type of a member, without typedefs and qualifiers. */
static bool typeof_member(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute attr;

	return dwarf_attr(die, DW_AT_type, &attr) && dwarf_formref_die(&attr, type) &&
	       dwarf_peel_type(type, type) == 0;
}

/* Find a member whose name is the first len bytes of name, also in structures without a name. */
static bool find(Dwarf_Die *die, const char *name, size_t len, uint64_t *at, Dwarf_Die *type)
{
	Dwarf_Die m;

	for (int more = dwarf_child(die, &m); more == 0; more = dwarf_siblingof(&m, &m)) {
		const char *own = dwarf_diename(&m);
		Dwarf_Attribute attr;
		Dwarf_Word here = 0;
		uint64_t inner = 0;

		if (dwarf_tag(&m) != DW_TAG_member)
			continue;
		if (dwarf_attr(&m, DW_AT_data_member_location, &attr))
			dwarf_formudata(&attr, &here);
		if (!typeof_member(&m, type))
			continue;
		if (own && strlen(own) == len && memcmp(own, name, len) == 0) {
			*at = here;
			return true;
		}
		if (!own) {
			Dwarf_Die nested = *type;

			if (find(&nested, name, len, &inner, type)) {
				*at = here + inner;
				return true;
			}
		}
	}
	return false;
}

bool kernelmember(Dwarf_Die *die, const char *path, struct member *m)
{
	Dwarf_Die in = *die, type;
	Dwarf_Word size = 0;

	m->at = 0;
	for (;;) {
		size_t len = strcspn(path, ".");
		uint64_t at;

		if (!find(&in, path, len, &at, &type))
			return false;
		m->at += at;
		if (!path[len])
			break;
		path += len + 1;
		in = type;
	}
	if (dwarf_aggregate_size(&type, &size) < 0)
		return false;
	m->size = size;
	return true;
}
