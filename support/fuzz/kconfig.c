// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as Kconfig: reading them, and telling why a symbol has not the value that was asked
 * for, ends. What follows a NUL byte is the file "more", which the first may source.
 */
#include <stdint.h>
#include <string.h>

#include "fuzzdir.h"
#include "kmerge/check.h"

enum { ASKED = 20 }; /* symbols to ask for */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ask for y, n, and a number in turn. */
static void ask(const struct kconfig *k, struct config *requests)
{
	static const char *const value[] = { "y", "n", "m", "5", "\"x\"" };
	struct buf text = { 0 }, errors = { 0 };
	size_t asked = 0;

	for (size_t i = 0; i < k->len && asked < ASKED; i++) {
		if (k->entry[i]->kind == KENTRY_CONFIG)
			bufprintf(&text, "CONFIG_%s=%s\n", k->entry[i]->name,
				  value[asked++ % (sizeof(value) / sizeof(*value))]);
	}
	bufputs(&text, "CONFIG_NONESUCH=y\n");
	configparse(requests, "asked", text.data, &errors);
	buffree(&text);
	buffree(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char had[] =
		"CONFIG_A=y\nCONFIG_MODULES=y\nCONFIG_N=7\nCONFIG_S=\"s\"\n# CONFIG_B is not set\n";
	const uint8_t *nul = memchr(data, '\0', size);
	size_t first = nul ? (size_t)(nul - data) : size;
	struct config final = { 0 }, requests = { 0 };
	struct kconfig k = { 0 };
	struct explain x = { .final = &final, .requests = &requests, .tree = &k };
	struct buf out = { 0 };
	char *why;

	scratchenter();
	scratchput("Kconfig", data, first);
	scratchput("more", data + first, 0);
	if (nul)
		scratchput("more", nul + 1, size - first - 1);
	if (kconfigread(&k, ".", "x86_64", &why) < 0) {
		free(why);
	} else {
		configparse(&final, "had", had, &out);
		ask(&k, &requests);
		check(&x, &out);
	}
	buffree(&out);
	configfree(&final);
	configfree(&requests);
	kconfigfree(&k);
	return 0;
}
