// SPDX-License-Identifier: GPL-2.0-or-later
#include "linkelf.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/elfview.h"

/* A file, and the headers of its sections. */
struct linked {
	struct elfview v;
	void *map; /* NULL: it cannot be read */
	size_t size;
	uint64_t at, n; /* where they are, and how many */
};

/* Map the file at path: most of it is not looked at. */
static bool linkedopen(struct linked *l, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *data = MAP_FAILED;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0)
		data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fd >= 0)
		close(fd);
	if (data == MAP_FAILED)
		return false;
	l->size = (size_t)st.st_size;
	l->map = data;
	if (!elfviewset(&l->v, data, l->size))
		return false;
	l->at = ELF_FIELD(&l->v, 0, Ehdr, e_shoff);
	l->n = ELF_FIELD(&l->v, 0, Ehdr, e_shnum);
	return l->n && l->at <= l->size && l->n * ELF_SIZE(&l->v, Shdr) <= l->size - l->at;
}

static void linkedclose(struct linked *l)
{
	if (l->map)
		munmap(l->map, l->size);
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
	return at <= a->size && len <= a->size - at && bt <= b->size && len <= b->size - bt &&
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
	bool same = a->size == b->size && a->at == b->at && a->n == b->n &&
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

	linkedclose(&x);
	linkedclose(&y);
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
