// SPDX-License-Identifier: GPL-2.0-or-later
#include "response.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/shellword.h"
#include "fs/file.h"

#define DEPTH 50 /* maximum nesting of files; more means a cycle */

void responsesplit(const char *text, struct strlist *out)
{
	struct buf arg = { 0 };

	while (shellwordnext(&text, &arg, true) != 0)
		listadd(out, bufstr(&arg));
	buffree(&arg);
}

void responsejoin(const struct strlist *args, struct buf *out)
{
	for (size_t i = 0; i < args->len; i++) {
		if (!*args->item[i])
			bufputs(out, "''");
		for (const char *s = args->item[i]; *s; s++) {
			if (isspace((unsigned char)*s) || strchr("\\'\"", *s))
				bufputc(out, '\\');
			bufputc(out, *s);
		}
		bufputc(out, '\n');
	}
}

static int expand(const char *arg, struct strlist *out, int depth)
{
	struct buf text = { 0 };
	struct strlist inner = { 0 };
	int files = 1;

	if (arg[0] != '@' || fileread(arg + 1, &text) < 0) {
		buffree(&text);
		listadd(out, arg);
		return 0;
	}
	responsesplit(bufstr(&text), &inner);
	if (depth == DEPTH) {
		errno = ELOOP;
		files = -1;
	}
	for (size_t i = 0; i < inner.len && files > 0; i++) {
		int n = expand(inner.item[i], out, depth + 1);

		files = n < 0 ? -1 : files + n;
	}
	listfree(&inner);
	buffree(&text);
	return files;
}

int responseexpand(const char *arg, struct strlist *out)
{
	return expand(arg, out, 0);
}
