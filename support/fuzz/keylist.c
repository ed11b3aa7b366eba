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

static const char *put(void *context, const char *key, char *value)
{
	const char *wrong;
	bool known;

	if (!*key || !*value)
		abort();
	wrong = keyput(keys, context, key, value, &known);
	return known ? wrong : "no such key";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct fields f = { 0 };
	char *why;

	if (keylistparse("list", text, put, &f, &why) < 0 && strncmp(why, "list:", 5) != 0)
		abort();
	free(why);
	keysfree(keys, &f);
	free(text);
	return 0;
}
