// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mkcore VMLINUX INFO CORE [PAGES]: for tests, a core with the memory that a program of 64 bits
 * begins with, as QEMU would write it of a guest with one processor. INFO is its vmcoreinfo; "": it
 * has none. PAGES more headers tell of memory that is in one piece; of each QEMU tells half.
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 64	      /* bytes of a piece of memory */
#define FAR  0x100000 /* where more memory begins, physically */

static char data[1 << 20], core[16 << 20];
static size_t len;

static void add(const void *from, size_t n)
{
	if (n > sizeof(core) - len)
		exit(1);
	memcpy(core + len, from, n);
	len += n;
}

static void note(const char *owner, unsigned type, const void *from, size_t n)
{
	const Elf64_Nhdr h = { (unsigned)strlen(owner) + 1, (unsigned)n, type };
	static const char none[4];

	add(&h, sizeof(h));
	add(owner, h.n_namesz);
	add(none, -h.n_namesz & 3);
	add(from, n);
	add(none, -n & 3);
}

/* The registers of the processor, in struct elf_prstatus: rip and rsp do not matter here. */
static void notes(const char *info)
{
	static const char registers[336];

	note("CORE", NT_PRSTATUS, registers, sizeof(registers));
	if (*info)
		note("VMCOREINFO", 0, info, strlen(info));
}

/* Add the program header of a piece of memory of which QEMU tells half, and half of it. */
static Elf64_Phdr page(unsigned long i)
{
	static char memory[PAGE];
	const Elf64_Phdr p = { .p_type = PT_LOAD,
			       .p_offset = len,
			       .p_vaddr = 0x70000000 + i * 4096,
			       .p_paddr = FAR + i * PAGE,
			       .p_filesz = PAGE / 2,
			       .p_memsz = PAGE };

	add(memory, PAGE);
	return p;
}

int main(int argc, char **argv)
{
	FILE *in = argc == 4 || argc == 5 ? fopen(argv[1], "rb") : NULL, *out;
	unsigned long pages = argc == 5 ? strtoul(argv[4], NULL, 10) : 0, count = 1;
	Elf64_Phdr *part = calloc(pages + 16, sizeof(*part));
	Elf64_Ehdr *from = (Elf64_Ehdr *)data, head;
	Elf64_Shdr section = { 0 };

	if (!in || !part || !fread(data, 1, sizeof(data), in))
		return 1;
	memcpy(&head, from, sizeof(head));
	len = sizeof(head) + (pages + 16) * sizeof(*part) + sizeof(section);
	if (len > sizeof(core))
		return 1;
	part[0].p_type = PT_NOTE;
	part[0].p_offset = len;
	notes(argv[2]);
	part[0].p_filesz = len - part[0].p_offset;
	for (unsigned i = 0; i < from->e_phnum && count < 16; i++) {
		const Elf64_Phdr *p = (Elf64_Phdr *)(data + from->e_phoff) + i;

		if (p->p_type != PT_LOAD)
			continue;
		part[count] = *p;
		part[count].p_paddr = 0x1000;
		part[count].p_offset = len;
		part[count++].p_memsz = p->p_filesz;
		add(data + p->p_offset, p->p_filesz);
	}
	for (unsigned long i = 0; i < pages; i++)
		part[count++] = page(i);
	head.e_type = ET_CORE;
	head.e_phoff = sizeof(head);
	head.e_phnum = (Elf64_Half)(count < PN_XNUM ? count : PN_XNUM);
	head.e_shoff = head.e_shnum = head.e_shstrndx = 0;
	if (count >= PN_XNUM) {
		head.e_shoff = sizeof(head) + (pages + 16) * sizeof(*part);
		head.e_shnum = 1;
		section.sh_info = (unsigned)count;
		memcpy(core + head.e_shoff, &section, sizeof(section));
	}
	memcpy(core, &head, sizeof(head));
	memcpy(core + sizeof(head), part, count * sizeof(*part));
	out = fopen(argv[3], "wb");
	return !out || fwrite(core, 1, len, out) != len || fclose(out);
}
