// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a recipe, and as the words of recipes, for checkrecipe: findings, and no more. */
#include <stdint.h>
#include <stdlib.h>

#include "checkrecipe/recipe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char words[] =
	"KNOWN_VARIABLES := VERSION VERSIONS LICENSE SITE SOURCE SHA256 GIT_URL "
	"GIT_REF GIT_COMMIT DIR SRC_OF CPE PURL DEPENDS TYPE MODE\n"
	"KNOWN_STEPS := UNPACK BUILD INSTALL\n"
	"KNOWN_TYPES := make generic\n"
	"KNOWN_MODES := target host\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct strlist known = { 0 };
	struct report report = { 0 };
	struct hashes h = { 0 };
	struct mkfile m = { 0 };
	struct vocabulary v = { 0 };
	const struct recipe recipe = { "foo", "foo.mk", &m, &h, 0, &known, &v };
	char *why;

	listadd(&known, "foo");
	listadd(&known, "foo-bar");
	if (vocabularyparse(&v, "words.mk", words, &why) < 0)
		abort();
	mkparse(&m, "foo.mk", text, &report);
	recipecheck(&recipe, &report);
	vocabularyfree(&v);
	if (vocabularyparse(&v, "words.mk", text, &why) < 0)
		free(why);
	vocabularyfree(&v);
	mkfree(&m);
	hashfree(&h);
	listfree(&known);
	reportfree(&report);
	free(text);
	return 0;
}
