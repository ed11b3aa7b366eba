// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a .config: what kmerge reads of it, it writes so that it reads the same again. What
 * follows a NUL byte is another one, to compare it with.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kconfig/config.h"
#include "kmerge/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void textof(const struct config *c, struct buf *out)
{
	for (size_t i = 0; i < c->len; i++) {
		if (c->setting[i]->gone)
			continue;
		settingprint(out, c->setting[i]->name, c->setting[i]->value);
		bufputc(out, '\n');
	}
}

/* What was read is written and read again: it has to be the same. */
static void again(const struct config *c)
{
	struct buf first = { 0 }, second = { 0 }, errors = { 0 };
	struct config read = { 0 };
	char *copy;

	textof(c, &first);
	copy = xstrdup(bufstr(&first));
	if (configparse(&read, "again", copy, &errors) < 0)
		abort();
	textof(&read, &second);
	if (strcmp(bufstr(&first), bufstr(&second)) != 0)
		abort();
	free(copy);
	configfree(&read);
	buffree(&first);
	buffree(&second);
	buffree(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	size_t len = strlen(text);
	char *more = xstrndup(len < size ? (const char *)data + len + 1 : "",
			      len < size ? size - len - 1 : 0);
	struct config a = { 0 }, b = { 0 };
	struct explain x = { .final = &a, .requests = &b };
	struct buf out = { 0 };

	configparse(&a, "a", text, &out);
	configparse(&b, "b", more, &out);
	again(&a);
	check(&x, &out);
	configdiff(&a, &b, &out);
	configfree(&a);
	configfree(&b);
	buffree(&out);
	free(text);
	free(more);
	return 0;
}
