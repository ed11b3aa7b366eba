// SPDX-License-Identifier: GPL-2.0-or-later
#include "elf.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bound.h"
#include "mkinitramfs/tree/node.h"

#define NEEDED_LIMIT 4096 /* maximum number of libraries of a file; more is malicious */

/* A file that is being parsed. Its offsets and sizes are untrusted. */
struct view {
	const unsigned char *data;
	size_t len;
	bool wide; /* 64 bit */
	bool big;  /* the most significant byte comes first */
	bool bad;  /* an access beyond the end was attempted */
};

/* Return at plus distance; on overflow an offset beyond the end of any file. */
static uint64_t behind(uint64_t at, uint64_t distance)
{
	return at > UINT64_MAX - distance ? UINT64_MAX : at + distance;
}

/* Return the number of size bytes at that offset; 0 if it is beyond the end of the file. */
static uint64_t number(struct view *v, uint64_t at, size_t size)
{
	uint64_t value = 0;

	if (at > v->len || v->len - at < size) {
		v->bad = true;
		return 0;
	}
	for (size_t i = 0; i < size; i++)
		value = value << 8 | v->data[at + (v->big ? i : size - 1 - i)];
	return value;
}

#define SIZE(v, type) ((v)->wide ? sizeof(Elf64_##type) : sizeof(Elf32_##type))
#define FIELD(v, at, type, field)                                                                  \
	number(v,                                                                                  \
	       (at) + ((v)->wide ? offsetof(Elf64_##type, field) : offsetof(Elf32_##type, field)), \
	       (v)->wide ? sizeof(((Elf64_##type *)0)->field)                                      \
			 : sizeof(((Elf32_##type *)0)->field))

/* A part of the file, or of its memory image. */
struct extent {
	uint64_t at, size; /* bytes */
};

/* Return whether the extent is inside the file. */
static bool inside(const struct view *v, struct extent x)
{
	return x.at <= v->len && x.size <= v->len - x.at;
}

/*
 * Return the string at that offset; NULL if it does not end in the file or is too long for a path.
 */
static char *string(const struct view *v, uint64_t at)
{
	size_t most = at < v->len ? v->len - at : 0;
	const char *text = (const char *)v->data + (most ? at : 0);
	size_t len = strnlen(text, most < BOUND_NAME + 1 ? most : BOUND_NAME + 1);

	return len < most && len <= BOUND_NAME ? xstrndup(text, len) : NULL;
}

/* Return the offset of program header i. */
static uint64_t header(struct view *v, uint64_t i)
{
	return FIELD(v, 0, Ehdr, e_phoff) + i * SIZE(v, Phdr);
}

/* Return the extent of the first program header of that type; size 0 if there is none. */
static struct extent segment(struct view *v, uint32_t type)
{
	uint64_t count = FIELD(v, 0, Ehdr, e_phnum);

	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = header(v, i);

		if (FIELD(v, at, Phdr, p_type) == type)
			return (struct extent){ FIELD(v, at, Phdr, p_offset),
						FIELD(v, at, Phdr, p_filesz) };
	}
	return (struct extent){ 0 };
}

/*
 * Return the file offset of the data that is loaded at that address; beyond the end if there is
 * none.
 */
static uint64_t loaded(struct view *v, uint64_t address)
{
	uint64_t count = FIELD(v, 0, Ehdr, e_phnum);

	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = header(v, i);
		uint64_t start = FIELD(v, at, Phdr, p_vaddr);

		if (FIELD(v, at, Phdr, p_type) == PT_LOAD && address >= start &&
		    address - start < FIELD(v, at, Phdr, p_filesz))
			return behind(FIELD(v, at, Phdr, p_offset), address - start);
	}
	return UINT64_MAX;
}

static const char *interpread(struct view *v, struct elf *e)
{
	struct extent x = segment(v, PT_INTERP);

	if (x.size == 0)
		return NULL;
	if (!inside(v, x))
		return "its interpreter's name lies beyond its end";
	if (v->data[x.at + x.size - 1] == '\0')
		e->interp = string(v, x.at);
	return e->interp ? NULL : "its interpreter's name does not end";
}

/* Get the value of the last dynamic entry with that tag. Returns whether there is one. */
static bool dynamic(struct view *v, struct extent x, uint64_t tag, uint64_t *value)
{
	bool found = false;

	for (uint64_t at = x.at; at + SIZE(v, Dyn) <= x.at + x.size; at += SIZE(v, Dyn)) {
		uint64_t t = FIELD(v, at, Dyn, d_tag);

		if (t == DT_NULL)
			break;
		if (t == tag) {
			*value = FIELD(v, at, Dyn, d_un);
			found = true;
		}
	}
	return found;
}

/*
 * Read the names of libraries from the dynamic section. strings is the offset of the string table.
 */
static const char *neededread(struct view *v, struct extent x, uint64_t strings, struct elf *e)
{
	for (uint64_t at = x.at; at + SIZE(v, Dyn) <= x.at + x.size; at += SIZE(v, Dyn)) {
		uint64_t tag = FIELD(v, at, Dyn, d_tag);
		char *name;

		if (tag == DT_NULL)
			break;
		if (tag != DT_NEEDED)
			continue;
		if (e->needed.len == NEEDED_LIMIT)
			return "it names more than 4096 libraries";
		name = string(v, behind(strings, FIELD(v, at, Dyn, d_un)));
		if (!name)
			return "a library's name lies beyond its end";
		listadd(&e->needed, name);
		free(name);
	}
	return NULL;
}

static const char *dynamicread(struct view *v, struct elf *e)
{
	struct extent x = segment(v, PT_DYNAMIC);
	uint64_t strings = UINT64_MAX, path;

	if (x.size == 0)
		return NULL;
	if (!inside(v, x))
		return "its dynamic section lies beyond its end";
	if (dynamic(v, x, DT_STRTAB, &strings))
		strings = loaded(v, strings);
	e->runpath = dynamic(v, x, DT_RUNPATH, &path);
	if (e->runpath || dynamic(v, x, DT_RPATH, &path)) {
		e->path = string(v, behind(strings, path));
		if (!e->path)
			return "its path for libraries lies beyond its end";
	}
	return neededread(v, x, strings, e);
}

bool elfis(const void *data, size_t len)
{
	return len >= SELFMAG && memcmp(data, ELFMAG, SELFMAG) == 0;
}

const char *elfread(struct elf *e, const void *data, size_t len)
{
	struct view v = { .data = data, .len = len };
	uint64_t type, count;
	const char *why;

	if (!elfis(data, len) || len < EI_NIDENT)
		return "it is shorter than its header";
	e->class = v.data[EI_CLASS];
	e->order = v.data[EI_DATA];
	if ((e->class != ELFCLASS32 && e->class != ELFCLASS64) ||
	    (e->order != ELFDATA2LSB && e->order != ELFDATA2MSB))
		return "it is neither of 32 nor of 64 bits, or of no byte order";
	v.wide = e->class == ELFCLASS64;
	v.big = e->order == ELFDATA2MSB;
	if (len < SIZE(&v, Ehdr))
		return "it is shorter than its header";
	e->machine = (uint16_t)FIELD(&v, 0, Ehdr, e_machine);
	type = FIELD(&v, 0, Ehdr, e_type);
	count = FIELD(&v, 0, Ehdr, e_phnum);
	if ((type != ET_EXEC && type != ET_DYN) || count == 0)
		return NULL;
	e->program = true;
	if (FIELD(&v, 0, Ehdr, e_phentsize) != SIZE(&v, Phdr))
		return "its program headers have no size that is known";
	if (!inside(&v, (struct extent){ FIELD(&v, 0, Ehdr, e_phoff), count * SIZE(&v, Phdr) }))
		return "its program headers lie beyond its end";
	why = interpread(&v, e);
	if (!why)
		why = dynamicread(&v, e);
	return why ? why : v.bad ? "it is shorter than it says" : NULL;
}

bool elfsame(const struct elf *a, const struct elf *b)
{
	return a->class == b->class && a->order == b->order && a->machine == b->machine;
}

/* Return the name of the machine, such as "x86_64, 64 bit, little-endian". Caller frees. */
static char *machine(const struct elf *e)
{
	static const struct {
		uint16_t machine;
		const char *name;
	} known[] = {
		{ EM_386, "i386" },	 { EM_ARM, "arm" },
		{ EM_X86_64, "x86_64" }, { EM_AARCH64, "aarch64" },
		{ EM_MIPS, "mips" },	 { EM_RISCV, "riscv" },
		{ EM_PPC, "powerpc" },	 { EM_PPC64, "powerpc64" },
		{ EM_S390, "s390" },	 { EM_LOONGARCH, "loongarch" },
	};
	struct buf text = { 0 };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (known[i].machine == e->machine)
			bufputs(&text, known[i].name);
	}
	if (!text.len)
		bufprintf(&text, "machine %u", e->machine);
	bufprintf(&text, ", %d bit, %s-endian", e->class == ELFCLASS64 ? 64 : 32,
		  e->order == ELFDATA2MSB ? "big" : "little");
	return bufsteal(&text);
}

char *elfdifference(const struct elf *there, const struct elf *user)
{
	char *is = machine(there), *wanted = machine(user);
	char *text = xasprintf("is for another machine (%s, not %s)", is, wanted);

	free(is);
	free(wanted);
	return text;
}

void elffree(struct elf *e)
{
	free(e->interp);
	free(e->path);
	listfree(&e->needed);
	*e = (struct elf){ 0 };
}
