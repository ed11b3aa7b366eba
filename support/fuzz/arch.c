// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as the description of an architecture: what it says, or what is wrong with it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arch/arch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size), *why;
	struct arch a;

	if (archparse(&a, "dir/some.arch", text, &why) == 0) {
		if (why || (a.bits != 32 && a.bits != 64) || !a.machines ||
		    !archmachine(&a, a.names.item[0]))
			abort();
		archhasmagic(&a, data, size);
		archsize(&a, data, size);
	} else if (strncmp(why, "dir/some.arch:", 14) != 0) {
		abort();
	}
	free(why);
	archfree(&a);
	free(text);
	return 0;
}
