// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a list "KEY VALUE": fields, or what is wrong with file and line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/keylist.h"

#include "base/buf.h"
#include "base/pairs.h"

struct fields {
	char *string;
	struct strlist list, words, digests;
	struct pairs pairs, settings;
	struct fields *package;
};

static const struct key keys[] = {
	{ "string", KEY_STRING, offsetof(struct fields, string) },
	{ "list", KEY_LIST, offsetof(struct fields, list) },
	{ "words", KEY_WORDS, offsetof(struct fields, words) },
	{ "digests", KEY_DIGESTS, offsetof(struct fields, digests) },
	{ "pairs", KEY_PAIRS, offsetof(struct fields, pairs) },
	{ "settings", KEY_SETTINGS, offsetof(struct fields, settings) },
	{ NULL, KEY_STRING, 0 },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *begin(void *into, const char *name)
{
	struct fields *f = into;

	if (!*name)
		abort();
	if (f->package)
		return NULL;
	return f->package = xcalloc(1, sizeof(*f));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct fields f = { 0 };
	const struct keylist l = { keys, &f, keys, begin };
	char *why;

	if (keylistparse(&l, "list", text, &why) < 0 && strncmp(why, "list:", 5) != 0)
		abort();
	free(why);
	if (f.package)
		keysfree(keys, f.package);
	free(f.package);
	keysfree(keys, &f);
	free(text);
	return 0;
}
