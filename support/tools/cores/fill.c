// SPDX-License-Identifier: GPL-2.0-or-later
#include "fill.h"

#include <elf.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs/file.h"

/* A list of segments that grows. */
struct parts {
	struct segment *item; /* owned */
	size_t len, room;
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

/* The first segment, by physical address, that has phys or begins after it; NULL: there is none. */
static const struct segment *from(const struct parts *known, uint64_t phys)
{
	for (size_t i = 0; i < known->len; i++)
		if (known->item[i].phys + known->item[i].size > phys)
			return &known->item[i];
	return NULL;
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

/* Write the number and the place of the program headers into the header of the file. */
static int placeset(const struct elfcore *c, uint64_t at, size_t count)
{
	Elf64_Ehdr wide;
	Elf32_Ehdr narrow;
	void *head = c->wide ? (void *)&wide : (void *)&narrow;
	size_t len = c->wide ? sizeof(wide) : sizeof(narrow);

	if (pread(c->fd, head, len, 0) != (ssize_t)len)
		return -1;
	if (c->wide) {
		wide.e_phoff = at;
		wide.e_phnum = (Elf64_Half)count;
	} else {
		narrow.e_phoff = (Elf32_Off)at;
		narrow.e_phnum = (Elf32_Half)count;
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
	if (known.len)
		qsort(known.item, known.len, sizeof(*known.item), byphys);
	for (size_t i = 0; i < c->segments && end > 0; i++)
		rest(&all, &known, c->segment[i], (uint64_t)end);
	if (plain) {
		if (c->native && c->notehead && all.len > c->segments)
			ret = headsreplace(c, &all);
		free(all.item);
	} else if (c->native && c->notehead && all.len > c->segments && all.len + 1 < PN_XNUM) {
		qsort(all.item, all.len, sizeof(*all.item), byaddress);
		ret = headswrite(c, &all);
		free(c->segment);
		c->segment = all.item;
		c->segments = all.len;
	} else {
		free(all.item);
	}
	free(known.item);
	return ret;
}
