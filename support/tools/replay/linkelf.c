// SPDX-License-Identifier: GPL-2.0-or-later
#include "linkelf.h"

#include <string.h>

#include "base/elfview.h"
#include "fs/map.h"

/* A file, and the headers of its sections. */
struct linked {
	struct elfview v;
	struct map map;
	uint64_t at, n; /* where they are, and how many */
};

static bool linkedopen(struct linked *l, const char *path)
{
	if (mapopen(&l->map, path) < 0 || !elfviewset(&l->v, l->map.data, l->map.len))
		return false;
	l->at = ELF_FIELD(&l->v, 0, Ehdr, e_shoff);
	l->n = ELF_FIELD(&l->v, 0, Ehdr, e_shnum);
	return l->n && l->at <= l->v.len && l->n * ELF_SIZE(&l->v, Shdr) <= l->v.len - l->at;
}

/* The offset of the header of a section. */
static uint64_t header(const struct linked *l, uint64_t section)
{
	return l->at + section * ELF_SIZE(&l->v, Shdr);
}

/* Whether len bytes are the same: those of a at one offset, and those of b at another. */
static bool samebytes(const struct linked *a, uint64_t at, const struct linked *b, uint64_t bt,
		      uint64_t len)
{
	return at <= a->v.len && len <= a->v.len - at && bt <= b->v.len && len <= b->v.len - bt &&
	       memcmp(a->v.data + at, b->v.data + bt, len) == 0;
}

/* Whether the contents of a section of symbols, or of their names, are the same. */
static bool samesection(struct linked *a, struct linked *b, uint64_t section)
{
	uint64_t at = header(a, section), bt = header(b, section);
	uint64_t size = ELF_FIELD(&a->v, at, Shdr, sh_size);

	return size == ELF_FIELD(&b->v, bt, Shdr, sh_size) &&
	       samebytes(a, ELF_FIELD(&a->v, at, Shdr, sh_offset), b,
			 ELF_FIELD(&b->v, bt, Shdr, sh_offset), size);
}

static bool issymbols(struct linked *l, uint64_t section)
{
	uint64_t type = ELF_FIELD(&l->v, header(l, section), Shdr, sh_type);

	return type == SHT_SYMTAB || type == SHT_STRTAB;
}

/* Whether all of the headers, and the symbols, are the same. */
static bool samelayout(struct linked *a, struct linked *b)
{
	bool same = a->v.len == b->v.len && a->at == b->at && a->n == b->n &&
		    samebytes(a, 0, b, 0, ELF_SIZE(&a->v, Ehdr)) &&
		    samebytes(a, a->at, b, b->at, a->n * ELF_SIZE(&a->v, Shdr));

	for (uint64_t i = 0; same && i < a->n; i++)
		same = !issymbols(a, i) || samesection(a, b, i);
	return same;
}

/* Whether the symbols are the same, and what their types are told by. */
static bool samesymbols(struct linked *a, struct linked *b)
{
	bool same = a->n == b->n && samebytes(a, 0, b, 0, EI_NIDENT);

	for (uint64_t i = 0; same && i < a->n; i++) {
		uint64_t at = header(a, i), bt = header(b, i);

		same = ELF_FIELD(&a->v, at, Shdr, sh_type) == ELF_FIELD(&b->v, bt, Shdr, sh_type) &&
		       ELF_FIELD(&a->v, at, Shdr, sh_flags) ==
			       ELF_FIELD(&b->v, bt, Shdr, sh_flags) &&
		       ELF_FIELD(&a->v, at, Shdr, sh_name) == ELF_FIELD(&b->v, bt, Shdr, sh_name) &&
		       ELF_FIELD(&a->v, at, Shdr, sh_addr) == ELF_FIELD(&b->v, bt, Shdr, sh_addr) &&
		       (!issymbols(a, i) || samesection(a, b, i));
	}
	return same;
}

static bool compare(const char *a, const char *b, bool (*how)(struct linked *, struct linked *))
{
	struct linked x = { 0 }, y = { 0 };
	bool same = linkedopen(&x, a) && linkedopen(&y, b) && how(&x, &y) && !x.v.bad && !y.v.bad;

	mapclose(&x.map);
	mapclose(&y.map);
	return same;
}

bool linkelflayout(const char *a, const char *b)
{
	return compare(a, b, samelayout);
}

bool linkelfsymbols(const char *a, const char *b)
{
	return compare(a, b, samesymbols);
}
