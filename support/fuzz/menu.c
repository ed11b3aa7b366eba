// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a package's Kconfig, for checkrecipe: findings, and no more. */
#include <stdint.h>
#include <stdlib.h>

#include "checkrecipe/kconf.h"
#include "checkrecipe/symbols.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct strlist known = { 0 };
	struct report report = { 0 };
	struct kconf k = { 0 };

	listadd(&known, "foo");
	kconfparse(&k, "Kconfig", text, &report);
	symbolscheck("Kconfig", &k, "foo", &known, &report);
	kconffree(&k);
	listfree(&known);
	reportfree(&report);
	free(text);
	return 0;
}
