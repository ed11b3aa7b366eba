// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernelimage.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/elfview.h"

#define XEN_ELFNOTE_PHYS32_ENTRY 18

#define SETUP_MAGIC_AT	 0x202 /* "HdrS" in the header that the bzImage boot protocol describes */
#define SETUP_VERSION_AT 0x206 /* version of that protocol */
#define SETUP_NAME_AT	 0x20e /* where the text of its release is, less 0x200; 0: nowhere */
#define SETUP_PREF_AT	 0x258 /* since 2.10: the preferred load address; no lower one is used */
#define SETUP_SIZE_AT	 0x260 /* and the memory needed from there on, unpacked */

/* A part of the file. */
struct part {
	uint64_t at, len; /* bytes */
};

/* Whether the part is inside the file. */
static bool inside(const struct elfview *v, struct part p)
{
	return p.at <= v->len && p.len <= v->len - p.at;
}

static uint64_t aligned(uint64_t size, uint64_t align)
{
	return (size + align - 1) / align * align;
}

/* Whether the notes in that part have a PVH entry. */
static bool notefind(struct elfview *v, struct part p, uint64_t align)
{
	const uint64_t head = sizeof(Elf64_Nhdr);

	while (p.len >= head) {
		uint64_t namelen = ELF_FIELD(v, p.at, Nhdr, n_namesz);
		uint64_t desclen = ELF_FIELD(v, p.at, Nhdr, n_descsz);
		uint64_t type = ELF_FIELD(v, p.at, Nhdr, n_type);
		uint64_t name = aligned(namelen, align), desc = aligned(desclen, align);

		p.at += head;
		p.len -= head;
		if (name > p.len || desclen > p.len - name)
			return false;
		if (type == XEN_ELFNOTE_PHYS32_ENTRY && namelen == sizeof("Xen") &&
		    memcmp(v->data + p.at, "Xen", sizeof("Xen")) == 0 &&
		    desclen >= sizeof(Elf32_Word))
			return true;
		if (desc > p.len - name)
			return false;
		p.at += name + desc;
		p.len -= name + desc;
	}
	return false;
}

/*
 * Return the offset of program header i; beyond the end of the file if there is none. Ends the
 * search for more.
 */
static bool segment(struct elfview *v, uint64_t i, uint64_t *at)
{
	struct part all = { ELF_FIELD(v, 0, Ehdr, e_phoff), (i + 1) * ELF_SIZE(v, Phdr) };

	if (i >= ELF_FIELD(v, 0, Ehdr, e_phnum) || !inside(v, all))
		return false;
	*at = all.at + i * ELF_SIZE(v, Phdr);
	return true;
}

static enum kerneltype elftype(struct elfview *v)
{
	uint64_t at;

	for (uint64_t i = 0; segment(v, i, &at); i++) {
		struct part p = { ELF_FIELD(v, at, Phdr, p_offset),
				  ELF_FIELD(v, at, Phdr, p_filesz) };

		if (ELF_FIELD(v, at, Phdr, p_type) == PT_NOTE && inside(v, p) &&
		    notefind(v, p, ELF_FIELD(v, at, Phdr, p_align) == 8 ? 8 : 4))
			return KERNEL_PVH;
	}
	return KERNEL_ELF;
}

struct kernelhead kernelhead(const void *data, size_t len)
{
	struct kernelhead head = { .type = KERNEL_UNKNOWN };
	const unsigned char *p = data;
	struct elfview v;

	if (elfviewset(&v, data, len)) {
		head.type = elftype(&v);
		head.elf = (unsigned)ELF_FIELD(&v, 0, Ehdr, e_machine);
		head.bits = v.wide ? 64 : 32;
		head.big = v.big;
	} else if (len >= SETUP_MAGIC_AT + 4 && memcmp(p + SETUP_MAGIC_AT, "HdrS", 4) == 0) {
		head.type = KERNEL_BZIMAGE;
	}
	return head;
}

enum kerneltype kerneltype(const void *data, size_t len)
{
	return kernelhead(data, len).type;
}

/*
 * With a PVH entry, segments are at addresses of memory, which begins at 0. Elsewhere only their
 * sizes mean something.
 */
static unsigned long long elfreach(struct elfview *v, bool pvh)
{
	uint64_t end = 0, sum = 0, at;

	for (uint64_t i = 0; segment(v, i, &at); i++) {
		uint64_t start = ELF_FIELD(v, at, Phdr, p_paddr);
		uint64_t size = ELF_FIELD(v, at, Phdr, p_memsz);

		if (ELF_FIELD(v, at, Phdr, p_type) != PT_LOAD || size > UINT64_MAX - start ||
		    size > UINT64_MAX - sum)
			continue;
		if (start + size > end)
			end = start + size;
		sum += size;
	}
	return pvh ? end : sum;
}

static unsigned long long bzimagereach(const void *data, size_t len)
{
	struct elfview v = { .data = data, .len = len }; /* its fields are little-endian */
	uint64_t version = elfnumber(&v, SETUP_VERSION_AT, sizeof(uint16_t));
	uint64_t prefers = elfnumber(&v, SETUP_PREF_AT, sizeof(uint64_t));
	uint64_t size = elfnumber(&v, SETUP_SIZE_AT, sizeof(uint32_t));

	return v.bad || version < 0x20a || prefers > UINT64_MAX - size ? 0 : prefers + size;
}

unsigned long long kernelreach(const void *data, size_t len)
{
	struct elfview v;

	switch (kerneltype(data, len)) {
	case KERNEL_BZIMAGE:
		return bzimagereach(data, len);
	case KERNEL_ELF:
	case KERNEL_PVH:
		elfviewset(&v, data, len);
		return elfreach(&v, elftype(&v) == KERNEL_PVH);
	default:
		return 0;
	}
}

/* The word at text, which ends at end at the latest; NULL: none. */
static char *word(const char *text, const char *end)
{
	size_t n = 0;

	while (text + n < end && text[n] > ' ' && text[n] < 0x7f)
		n++;
	return n ? xstrndup(text, n) : NULL;
}

char *kernelrelease(const void *data, size_t len)
{
	static const char banner[] = "Linux version ";
	const unsigned char *p = data;
	const char *end = (const char *)data + len, *at;
	size_t offset;

	if (len > SETUP_NAME_AT + 1 && kerneltype(data, len) == KERNEL_BZIMAGE) {
		offset = p[SETUP_NAME_AT] | (size_t)p[SETUP_NAME_AT + 1] << 8;
		if (!offset || offset + 0x200 >= len)
			return NULL;
		return word((const char *)data + offset + 0x200, end);
	}
	at = len ? memmem(data, len, banner, sizeof(banner) - 1) : NULL;
	return at ? word(at + sizeof(banner) - 1, end) : NULL;
}
