// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/elfview.h"

#include <string.h>

uint64_t elfnumber(struct elfview *v, uint64_t at, size_t size)
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

bool elfviewset(struct elfview *v, const void *data, size_t len)
{
	const unsigned char *ident = data;

	*v = (struct elfview){ .data = data, .len = len };
	if (len < EI_NIDENT || memcmp(ident, ELFMAG, SELFMAG) != 0)
		return false;
	if ((ident[EI_CLASS] != ELFCLASS32 && ident[EI_CLASS] != ELFCLASS64) ||
	    (ident[EI_DATA] != ELFDATA2LSB && ident[EI_DATA] != ELFDATA2MSB))
		return false;
	v->wide = ident[EI_CLASS] == ELFCLASS64;
	v->big = ident[EI_DATA] == ELFDATA2MSB;
	return len >= ELF_SIZE(v, Ehdr);
}
