// SPDX-License-Identifier: GPL-2.0-or-later
#include "elfcore.h"

#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"
#include "oops/addrsearch.h"

#define NOTES_MAX ((uint64_t)64 << 20) /* bytes of notes that are read */

static bool readat(int fd, uint64_t offset, void *data, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = pread(fd, (char *)data + done, len - done, (off_t)(offset + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static int byaddress(const void *a, const void *b)
{
	const struct segment *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

/* Keep the kernel's description of itself, if the note is that. */
static void infotake(struct elfcore *c, const char *name, const char *desc, size_t len)
{
	if (strcmp(name, "VMCOREINFO") == 0 && !c->info.len)
		bufadd(&c->info, desc, len);
}

/* Look at all notes. */
static void notestake(struct elfcore *c)
{
	const char *p = bufstr(&c->note);
	size_t left = c->note.len;
	Elf64_Nhdr h;

	while (left > sizeof(h)) {
		size_t name, desc;

		memcpy(&h, p, sizeof(h));
		name = ((size_t)h.n_namesz + 3) & ~(size_t)3;
		desc = ((size_t)h.n_descsz + 3) & ~(size_t)3;
		p += sizeof(h);
		left -= sizeof(h);
		if (name > left || desc > left - name)
			return;
		if (name && !p[h.n_namesz - 1])
			infotake(c, p, p + name, h.n_descsz);
		p += name + desc;
		left -= name + desc;
	}
}

static bool notesread(struct elfcore *c, const GElf_Phdr *p)
{
	char *data;
	bool good;

	if (p->p_filesz > NOTES_MAX)
		return false;
	data = xmalloc(p->p_filesz + 1);
	good = readat(c->fd, p->p_offset, data, p->p_filesz);
	if (good)
		bufadd(&c->note, data, p->p_filesz);
	free(data);
	if (good && c->native)
		notestake(c);
	return good;
}

/* Take a program header. Returns NULL, or what is wrong. */
static const char *headtake(struct elfcore *c, const GElf_Phdr *p, uint64_t at, uint64_t size)
{
	if (p->p_type != PT_NOTE && p->p_type != PT_LOAD)
		return NULL;
	if (p->p_offset > size || p->p_filesz > size - p->p_offset)
		return "it is cut off";
	if (p->p_type == PT_NOTE) {
		c->noteat = p->p_offset;
		c->notehead = at;
		return notesread(c, p) ? NULL : "its notes cannot be read";
	}
	if (p->p_vaddr != p->p_paddr && p->p_vaddr)
		c->paged = true;
	c->segment[c->segments++] =
		(struct segment){ p->p_vaddr, p->p_filesz, p->p_offset, p->p_paddr, p->p_memsz };
	return NULL;
}

static const char *headers(struct elfcore *c, Elf *elf)
{
	const char *why = NULL;
	GElf_Ehdr head;
	size_t count;
	struct stat st;

	if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &head) || head.e_type != ET_CORE ||
	    elf_getphdrnum(elf, &count) < 0 || fstat(c->fd, &st) < 0)
		return "it is no ELF core";
	c->wide = head.e_ident[EI_CLASS] == ELFCLASS64;
	c->native = (head.e_ident[EI_DATA] == ELFDATA2LSB) == (BYTE_ORDER == LITTLE_ENDIAN);
	c->headsat = head.e_phoff;
	c->heads = count;
	c->segment = xcalloc(count + 1, sizeof(*c->segment));
	for (size_t i = 0; i < count && !why; i++) {
		GElf_Phdr p;

		if (!gelf_getphdr(elf, (int)i, &p))
			return "its headers cannot be read";
		why = headtake(c, &p, head.e_phoff + i * head.e_phentsize, (uint64_t)st.st_size);
	}
	qsort(c->segment, c->segments, sizeof(*c->segment), byaddress);
	return why;
}

char *elfcoreopen(struct elfcore *c, int fd)
{
	const char *why;
	Elf *elf;

	elf_version(EV_CURRENT);
	c->fd = fd;
	elf = elf_begin(fd, ELF_C_READ, NULL);
	why = elf ? headers(c, elf) : "it is no ELF core";
	elf_end(elf);
	return why ? xstrdup(why) : NULL;
}

void elfcorefree(struct elfcore *c)
{
	free(c->segment);
	buffree(&c->info);
	buffree(&c->note);
}

bool elfcoreread(const struct elfcore *c, uint64_t addr, void *data, size_t len)
{
	const struct segment *s = c->segment;
	size_t n = c->segments ? addrsearch(&s->addr, sizeof(*s), c->segments, addr) : 0;

	if (!n)
		return false;
	s += n - 1;
	addr -= s->addr;
	return addr <= s->size && len <= s->size - addr &&
	       readat(c->fd, s->offset + addr, data, len);
}

bool elfcorenumber(const struct elfcore *c, uint64_t addr, size_t len, uint64_t *number)
{
	unsigned char data[8] = { 0 };

	if (len > sizeof(data) || !elfcoreread(c, addr, data, len))
		return false;
	*number = 0;
	for (size_t i = 0; i < len; i++)
		*number |= (uint64_t)data[i] << 8 * (BYTE_ORDER == LITTLE_ENDIAN ? i : len - 1 - i);
	return true;
}

bool elfcorepointer(const struct elfcore *c, uint64_t addr, uint64_t *pointer)
{
	return elfcorenumber(c, addr, c->wide ? 8 : 4, pointer);
}

char *elfcoreinfo(struct elfcore *c, const char *key)
{
	const char *text = bufstr(&c->info);
	size_t len = strlen(key);

	while (text && *text) {
		const char *end = strchr(text, '\n');
		size_t n = end ? (size_t)(end - text) : strlen(text);

		if (n > len && strncmp(text, key, len) == 0 && text[len] == '=')
			return xstrndup(text + len + 1, n - len - 1);
		text = end ? end + 1 : NULL;
	}
	return NULL;
}

/* Set offset and size in the program header of the notes. */
static int headset(const struct elfcore *c, uint64_t offset, uint64_t size)
{
	Elf64_Phdr wide;
	Elf32_Phdr narrow;
	void *head = c->wide ? (void *)&wide : (void *)&narrow;
	size_t len = c->wide ? sizeof(wide) : sizeof(narrow);

	if (!readat(c->fd, c->notehead, head, len))
		return -1;
	if (c->wide) {
		wide.p_offset = offset;
		wide.p_filesz = wide.p_memsz = size;
	} else {
		narrow.p_offset = (Elf32_Off)offset;
		narrow.p_filesz = narrow.p_memsz = (Elf32_Word)size;
	}
	return pwrite(c->fd, head, len, (off_t)c->notehead) == (ssize_t)len ? 0 : -1;
}

int elfcorenotes(const struct elfcore *c, const struct buf *text)
{
	off_t end = lseek(c->fd, 0, SEEK_END);

	end = (end + 7) & ~(off_t)7;
	if (lseek(c->fd, end, SEEK_SET) < 0 || writeall(c->fd, text->data, text->len) < 0)
		return -1;
	return headset(c, (uint64_t)end, text->len);
}
