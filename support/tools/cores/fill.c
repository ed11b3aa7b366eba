// SPDX-License-Identifier: GPL-2.0-or-later
#include "fill.h"

#include <elf.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs/file.h"
#include "oops/addrsearch.h"

/* A list of segments that grows. */
struct parts {
	struct segment *item; /* owned */
	size_t len, room;
	uint64_t *reach; /* where the segments up to each end; only of a sorted list; owned */
};

static void add(struct parts *p, const struct segment *s)
{
	if (p->len == p->room) {
		p->room = p->room ? 2 * p->room : 64;
		p->item = xrealloc(p->item, p->room * sizeof(*p->item));
	}
	p->item[p->len++] = *s;
}

static int byphys(const void *a, const void *b)
{
	const struct segment *x = a, *y = b;

	return (x->phys > y->phys) - (x->phys < y->phys);
}

/* Sort a list by physical address, for from. */
static void sort(struct parts *known)
{
	uint64_t reach = 0;

	known->reach = xcalloc(known->len + 1, sizeof(*known->reach));
	if (known->len)
		qsort(known->item, known->len, sizeof(*known->item), byphys);
	for (size_t i = 0; i < known->len; i++) {
		const struct segment *s = &known->item[i];

		if (s->phys + s->size > reach)
			reach = s->phys + s->size;
		known->reach[i] = reach;
	}
}

/* The first segment, by physical address, that has phys or begins after it; NULL: there is none. */
static const struct segment *from(const struct parts *known, uint64_t phys)
{
	size_t n = addrsearch(known->reach, sizeof(*known->reach), known->len, phys);

	return n < known->len ? &known->item[n] : NULL;
}

/*
 * Add what is missing of s. The file has the memory in the order of its physical addresses: what is
 * between two places in it is that which is between their addresses, if that is as much.
 */
static void rest(struct parts *all, const struct parts *known, struct segment s, uint64_t end)
{
	uint64_t done = s.size, limit = s.memory;

	while (done < limit) {
		uint64_t phys = s.phys + done, offset = s.offset + done, next = s.phys + limit;
		const struct segment *k = from(known, phys);
		struct segment part = { .addr = s.addr + done, .phys = phys, .offset = offset };
		bool here;

		if (k && k->phys <= phys) {
			part.offset = k->offset + (phys - k->phys);
			next = k->phys + k->size;
			here = true;
		} else if (k) {
			here = k->offset - offset == k->phys - phys;
			next = k->phys;
		} else {
			here = offset < end && next - phys <= end - offset;
		}
		if (next > s.phys + limit)
			next = s.phys + limit;
		part.size = part.memory = next - phys;
		if (here)
			add(all, &part);
		/* Where it goes on, the offset is that of this part. */
		if (here)
			s.offset = part.offset - done;
		done += part.size;
	}
}

static int byaddress(const void *a, const void *b)
{
	const struct segment *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

/* Append a program header. */
static void headadd(const struct elfcore *c, struct buf *out, unsigned type,
		    const struct segment *s)
{
	const Elf64_Phdr wide = { .p_type = type,
				  .p_offset = s->offset,
				  .p_vaddr = s->addr,
				  .p_paddr = s->phys,
				  .p_filesz = s->size,
				  .p_memsz = s->size };
	const Elf32_Phdr narrow = { .p_type = type,
				    .p_offset = (Elf32_Off)s->offset,
				    .p_vaddr = (Elf32_Addr)s->addr,
				    .p_paddr = (Elf32_Addr)s->phys,
				    .p_filesz = (Elf32_Word)s->size,
				    .p_memsz = (Elf32_Word)s->size };

	if (c->wide)
		bufadd(out, &wide, sizeof(wide));
	else
		bufadd(out, &narrow, sizeof(narrow));
}

/*
 * Write a number of program headers that has no room in the header of the file to the first header
 * of sections, at *at; if there is none, that is made at the end of the file.
 */
static int countset(const struct elfcore *c, uint64_t *at, size_t count)
{
	Elf64_Shdr wide = { 0 };
	Elf32_Shdr narrow = { 0 };
	void *head = c->wide ? (void *)&wide : (void *)&narrow;
	size_t len = c->wide ? sizeof(wide) : sizeof(narrow);
	off_t end = lseek(c->fd, 0, SEEK_END);

	if (*at && pread(c->fd, head, len, (off_t)*at) != (ssize_t)len)
		return -1;
	if (!*at)
		*at = ((uint64_t)end + 7) & ~(uint64_t)7;
	if (c->wide)
		wide.sh_info = (Elf64_Word)count;
	else
		narrow.sh_info = (Elf32_Word)count;
	return pwrite(c->fd, head, len, (off_t)*at) == (ssize_t)len ? 0 : -1;
}

/* Write the number and the place of the program headers into the header of the file. */
static int placeset(const struct elfcore *c, uint64_t at, size_t count)
{
	size_t num = count < PN_XNUM ? count : PN_XNUM;
	Elf64_Ehdr wide;
	Elf32_Ehdr narrow;
	void *head = c->wide ? (void *)&wide : (void *)&narrow;
	size_t len = c->wide ? sizeof(wide) : sizeof(narrow);
	uint64_t sections;

	if (pread(c->fd, head, len, 0) != (ssize_t)len)
		return -1;
	sections = c->wide ? wide.e_shoff : narrow.e_shoff;
	if (num == PN_XNUM && countset(c, &sections, count) < 0)
		return -1;
	if (c->wide) {
		wide.e_phoff = at;
		wide.e_phnum = (Elf64_Half)num;
		wide.e_shentsize = sizeof(Elf64_Shdr);
		wide.e_shnum = sections && !wide.e_shoff ? 1 : wide.e_shnum;
		wide.e_shoff = sections;
	} else {
		narrow.e_phoff = (Elf32_Off)at;
		narrow.e_phnum = (Elf32_Half)num;
		narrow.e_shentsize = sizeof(Elf32_Shdr);
		narrow.e_shnum = sections && !narrow.e_shoff ? 1 : narrow.e_shnum;
		narrow.e_shoff = (Elf32_Off)sections;
	}
	return pwrite(c->fd, head, len, 0) == (ssize_t)len ? 0 : -1;
}

/* Join pieces that follow each other, in the memory and in the file; without virtual addresses. */
static void join(struct parts *all)
{
	size_t len = 0;

	qsort(all->item, all->len, sizeof(*all->item), byphys);
	for (size_t i = 0; i < all->len; i++) {
		struct segment *to = len ? &all->item[len - 1] : NULL, s = all->item[i];

		if (to && s.phys <= to->phys + to->size &&
		    s.offset - to->offset == s.phys - to->phys) {
			if (s.phys + s.size > to->phys + to->size)
				to->size = s.phys + s.size - to->phys;
			continue;
		}
		s.addr = 0;
		all->item[len++] = s;
	}
	all->len = len;
}

static int bysize(const void *a, const void *b)
{
	const struct segment *x = a, *y = b;

	return (x->size < y->size) - (x->size > y->size);
}

/* Write the headers of the pieces in place of those that are there, and of the largest of these. */
static int headsreplace(const struct elfcore *c, struct parts *all)
{
	const struct segment note = { .offset = c->noteat, .size = c->note.len };
	struct buf text = { 0 };
	int ret = 0;

	join(all);
	qsort(c->segment, c->segments, sizeof(*c->segment), bysize);
	for (size_t i = 0; i < c->segments && all->len + 1 < c->heads; i++)
		if (c->segment[i].addr)
			add(all, &c->segment[i]);
	qsort(c->segment, c->segments, sizeof(*c->segment), byaddress);
	headadd(c, &text, PT_NOTE, &note);
	for (size_t i = 0; i < all->len; i++)
		headadd(c, &text, PT_LOAD, &all->item[i]);
	if (all->len < c->heads)
		ret = pwrite(c->fd, text.data, text.len, (off_t)c->headsat) == (ssize_t)text.len
			      ? placeset(c, c->headsat, all->len + 1)
			      : -1;
	buffree(&text);
	return ret;
}

/* Write new program headers behind the memory. */
static int headswrite(struct elfcore *c, const struct parts *all)
{
	const struct segment note = { .offset = c->noteat, .size = c->note.len };
	off_t end = lseek(c->fd, 0, SEEK_END);
	struct buf text = { 0 };
	int ret;

	end = (end + 7) & ~(off_t)7;
	headadd(c, &text, PT_NOTE, &note);
	for (size_t i = 0; i < all->len; i++)
		headadd(c, &text, PT_LOAD, &all->item[i]);
	ret = lseek(c->fd, end, SEEK_SET) < 0 ? -1 : writeall(c->fd, text.data, text.len);
	buffree(&text);
	if (ret < 0 || placeset(c, (uint64_t)end, all->len + 1) < 0)
		return -1;
	c->notehead = (uint64_t)end;
	return 0;
}

int elfcorefill(struct elfcore *c, bool plain)
{
	struct parts known = { 0 }, all = { 0 };
	off_t end = lseek(c->fd, 0, SEEK_END);
	int ret = 0;

	for (size_t i = 0; i < c->segments; i++) {
		add(&all, &c->segment[i]);
		if (c->segment[i].size)
			add(&known, &c->segment[i]);
	}
	sort(&known);
	for (size_t i = 0; i < c->segments && end > 0; i++)
		rest(&all, &known, c->segment[i], (uint64_t)end);
	if (plain) {
		if (c->native && c->notehead && all.len > c->segments)
			ret = headsreplace(c, &all);
		free(all.item);
	} else if (c->native && c->notehead && all.len > c->segments) {
		qsort(all.item, all.len, sizeof(*all.item), byaddress);
		ret = headswrite(c, &all);
		free(c->segment);
		c->segment = all.item;
		c->segments = all.len;
	} else {
		free(all.item);
	}
	free(known.item);
	free(known.reach);
	return ret;
}
