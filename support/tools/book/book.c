// SPDX-License-Identifier: GPL-2.0-or-later
#include "book.h"

#include <string.h>

struct package *packagefind(const struct book *b, const char *name)
{
	for (size_t i = 0; i < b->len; i++) {
		if (strcmp(b->package[i]->name, name) == 0)
			return b->package[i];
	}
	return NULL;
}
