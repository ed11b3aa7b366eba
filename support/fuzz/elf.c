// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a program: reading them gives what it needs or an error, and no more.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "mkinitramfs/needs/elf.h"
#include "mkinitramfs/needs/shebang.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct elf e = { 0 };
	struct shebang s = { 0 };

	elfread(&e, data, size);
	elffree(&e);
	if (shebangis((const char *)data, size) && !shebangread(&s, (const char *)data, size)) {
		char *program = shebangenv(&s);

		free(program);
	}
	shebangfree(&s);
	return 0;
}
