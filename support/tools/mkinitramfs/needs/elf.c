// SPDX-License-Identifier: GPL-2.0-or-later
#include "elf.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "arch/arch.h"
#include "archive/bound.h"
#include "base/elfview.h"
#include "mkinitramfs/tree/node.h"

#define NEEDED_LIMIT 4096 /* maximum number of libraries of a file; more is malicious */

/* Return at plus distance; on overflow an offset beyond the end of any file. */
static uint64_t behind(uint64_t at, uint64_t distance)
{
	return at > UINT64_MAX - distance ? UINT64_MAX : at + distance;
}

/* A part of the file, or of its memory image. */
struct extent {
	uint64_t at, size; /* bytes */
};

/* Return whether the extent is inside the file. */
static bool inside(const struct elfview *v, struct extent x)
{
	return x.at <= v->len && x.size <= v->len - x.at;
}

/*
 * Return the string at that offset; NULL if it does not end in the file or is too long for a path.
 */
static char *string(const struct elfview *v, uint64_t at)
{
	size_t most = at < v->len ? v->len - at : 0;
	const char *text = (const char *)v->data + (most ? at : 0);
	size_t len = strnlen(text, most < BOUND_NAME + 1 ? most : BOUND_NAME + 1);

	return len < most && len <= BOUND_NAME ? xstrndup(text, len) : NULL;
}

/* Return the offset of program header i. */
static uint64_t header(struct elfview *v, uint64_t i)
{
	return ELF_FIELD(v, 0, Ehdr, e_phoff) + i * ELF_SIZE(v, Phdr);
}

/* Return the extent of the first program header of that type; size 0 if there is none. */
static struct extent segment(struct elfview *v, uint32_t type)
{
	uint64_t count = ELF_FIELD(v, 0, Ehdr, e_phnum);

	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = header(v, i);

		if (ELF_FIELD(v, at, Phdr, p_type) == type)
			return (struct extent){ ELF_FIELD(v, at, Phdr, p_offset),
						ELF_FIELD(v, at, Phdr, p_filesz) };
	}
	return (struct extent){ 0 };
}

/*
 * Return the file offset of the data that is loaded at that address; beyond the end if there is
 * none.
 */
static uint64_t loaded(struct elfview *v, uint64_t address)
{
	uint64_t count = ELF_FIELD(v, 0, Ehdr, e_phnum);

	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = header(v, i);
		uint64_t start = ELF_FIELD(v, at, Phdr, p_vaddr);

		if (ELF_FIELD(v, at, Phdr, p_type) == PT_LOAD && address >= start &&
		    address - start < ELF_FIELD(v, at, Phdr, p_filesz))
			return behind(ELF_FIELD(v, at, Phdr, p_offset), address - start);
	}
	return UINT64_MAX;
}

static const char *interpread(struct elfview *v, struct elf *e)
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
static bool dynamic(struct elfview *v, struct extent x, uint64_t tag, uint64_t *value)
{
	bool found = false;

	for (uint64_t at = x.at; at + ELF_SIZE(v, Dyn) <= x.at + x.size; at += ELF_SIZE(v, Dyn)) {
		uint64_t t = ELF_FIELD(v, at, Dyn, d_tag);

		if (t == DT_NULL)
			break;
		if (t == tag) {
			*value = ELF_FIELD(v, at, Dyn, d_un);
			found = true;
		}
	}
	return found;
}

/*
 * Read the names of libraries from the dynamic section. strings is the offset of the string table.
 */
static const char *neededread(struct elfview *v, struct extent x, uint64_t strings, struct elf *e)
{
	for (uint64_t at = x.at; at + ELF_SIZE(v, Dyn) <= x.at + x.size; at += ELF_SIZE(v, Dyn)) {
		uint64_t tag = ELF_FIELD(v, at, Dyn, d_tag);
		char *name;

		if (tag == DT_NULL)
			break;
		if (tag != DT_NEEDED)
			continue;
		if (e->needed.len == NEEDED_LIMIT)
			return "it names more than 4096 libraries";
		name = string(v, behind(strings, ELF_FIELD(v, at, Dyn, d_un)));
		if (!name)
			return "a library's name lies beyond its end";
		listadd(&e->needed, name);
		free(name);
	}
	return NULL;
}

static const char *dynamicread(struct elfview *v, struct elf *e)
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
	struct elfview v = { .data = data, .len = len };
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
	if (len < ELF_SIZE(&v, Ehdr))
		return "it is shorter than its header";
	e->machine = (uint16_t)ELF_FIELD(&v, 0, Ehdr, e_machine);
	type = ELF_FIELD(&v, 0, Ehdr, e_type);
	count = ELF_FIELD(&v, 0, Ehdr, e_phnum);
	if ((type != ET_EXEC && type != ET_DYN) || count == 0)
		return NULL;
	e->program = true;
	if (ELF_FIELD(&v, 0, Ehdr, e_phentsize) != ELF_SIZE(&v, Phdr))
		return "its program headers have no size that is known";
	if (!inside(&v,
		    (struct extent){ ELF_FIELD(&v, 0, Ehdr, e_phoff), count * ELF_SIZE(&v, Phdr) }))
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

/* Return the name of the machine, such as "NAME, 64 bit, little-endian". Caller frees. */
static char *machine(const struct elf *e)
{
	unsigned bits = e->class == ELFCLASS64 ? 64 : 32;
	bool big = e->order == ELFDATA2MSB;
	struct archs all = { 0 };
	const struct arch *a = NULL;
	struct buf text = { 0 };
	char *why;

	if (archsload(&all, &why) == 0)
		a = archofelf(&all, e->machine, bits, big);
	if (a)
		bufputs(&text, a->name);
	else
		bufprintf(&text, "machine %u", e->machine);
	bufprintf(&text, ", %u bit, %s-endian", bits, big ? "big" : "little");
	free(why);
	archsfree(&all);
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
