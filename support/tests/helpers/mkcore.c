// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mkcore VMLINUX INFO CORE: for tests, a core with the memory that a program of 64 bits begins
 * with, as QEMU would write it of a guest with one processor. INFO is its vmcoreinfo; "": it has
 * none.
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char data[1 << 20], core[1 << 20];
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

int main(int argc, char **argv)
{
	FILE *in = argc == 4 ? fopen(argv[1], "rb") : NULL, *out;
	Elf64_Ehdr *from = (Elf64_Ehdr *)data, head;
	Elf64_Phdr part[16] = { { .p_type = PT_NOTE } };
	unsigned count = 1;

	if (!in || !fread(data, 1, sizeof(data), in))
		return 1;
	memcpy(&head, from, sizeof(head));
	len = sizeof(head) + sizeof(part);
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
	head.e_type = ET_CORE;
	head.e_phoff = sizeof(head);
	head.e_phnum = (Elf64_Half)count;
	head.e_shoff = head.e_shnum = head.e_shstrndx = 0;
	memcpy(core, &head, sizeof(head));
	memcpy(core + sizeof(head), part, sizeof(part));
	out = fopen(argv[3], "wb");
	return !out || fwrite(core, 1, len, out) != len || fclose(out);
}
