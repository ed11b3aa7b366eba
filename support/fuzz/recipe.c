// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a recipe, for checkrecipe: findings, and no more. */
#include <stdint.h>
#include <stdlib.h>

#include "checkrecipe/recipe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct strlist known = { 0 };
	struct report report = { 0 };
	struct hashes h = { 0 };
	struct mkfile m = { 0 };
	const struct recipe recipe = { "foo", "foo.mk", &m, &h, 0, &known };

	listadd(&known, "foo");
	listadd(&known, "foo-bar");
	mkparse(&m, "foo.mk", text, &report);
	recipecheck(&recipe, &report);
	mkfree(&m);
	hashfree(&h);
	listfree(&known);
	reportfree(&report);
	free(text);
	return 0;
}
