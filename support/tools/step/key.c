// SPDX-License-Identifier: GPL-2.0-or-later
#include "key.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "file.h"

/* Append a line "WHAT NAME DIGEST" for the digest that the file at path holds. */
static int depline(struct buf *key, const struct pair *dep, const char *part, char **why)
{
	char *path = xasprintf("%s/digest.%s", dep->value, part);
	struct buf text = { 0 };
	int ret = fileread(path, &text);

	if (ret == 0 && text.len)
		bufprintf(key, "dep %s %.64s\n", dep->name, text.data);
	else
		*why = xasprintf("cannot read %s: %s; 'make %s-dirclean' and build again", path,
				 ret < 0 ? strerror(errno) : "it is empty", dep->name);
	buffree(&text);
	free(path);
	return *why ? -1 : 0;
}

int keymake(const struct job *j, const char *step, struct buf *key, char **why)
{
	char *script = jobfile(j, "", step, ".sh");
	char hex[DIGESTHEX];

	*why = NULL;
	if (j->srckey) {
		if (digestfile(j->srckey, hex) < 0)
			*why = xasprintf("cannot read %s: %s", j->srckey, strerror(errno));
		bufprintf(key, "src %s\n", hex);
	}
	for (size_t i = 0; !*why && i < j->deps.len; i++)
		depline(key, &j->deps.item[i], j->part, why);
	bufputc(key, '\n');
	if (!*why && fileread(script, key) < 0)
		*why = xasprintf("cannot read %s: %s", script, strerror(errno));
	free(script);
	return *why ? -1 : 0;
}

void keydone(const struct job *j, const char *step, struct buf *key)
{
	char *path = jobfile(j, "done/", step, "");

	bufclear(key);
	if (fileread(path, key) < 0)
		bufclear(key);
	free(path);
}

/* Length of the line at p, without its end. */
static size_t linelen(const char *p)
{
	return strcspn(p, "\n");
}

/* Nonzero if text has a line that is just the len bytes at line. */
static int linehas(const char *text, const char *line, size_t len)
{
	for (const char *p = text; *p; p += linelen(p), p += *p == '\n') {
		if (linelen(p) == len && memcmp(p, line, len) == 0)
			return 1;
	}
	return 0;
}

char *keydiff(const struct buf *want, const struct buf *done)
{
	if (!done->len)
		return xstrdup("not done before");
	for (const char *p = want->data; *p; p += linelen(p), p += *p == '\n') {
		size_t len = linelen(p);

		if (linehas(done->data, p, len))
			continue;
		if (strncmp(p, "dep ", 4) == 0)
			return xasprintf("%.*s changed", (int)strcspn(p + 4, " \n"), p + 4);
		if (strncmp(p, "src ", 4) == 0)
			return xstrdup("the sources changed");
		return xasprintf("the script changed: + %.*s", (int)len, p);
	}
	for (const char *p = done->data; *p; p += linelen(p), p += *p == '\n') {
		size_t len = linelen(p);

		if (linehas(want->data, p, len))
			continue;
		if (strncmp(p, "dep ", 4) == 0)
			return xasprintf("%.*s is not used any more", (int)strcspn(p + 4, " \n"),
					 p + 4);
		return xasprintf("the script changed: - %.*s", (int)len, p);
	}
	return xstrdup("the order of the script's lines changed");
}

/* Bytes up to the end of the header: the second empty line of a key. */
static size_t headlen(const struct buf *key)
{
	const char *p = key->data;
	const char *script, *end;

	if (!key->len)
		return 0;
	/* With no sources and no dependencies the key begins with its empty line. */
	script = *p == '\n' ? p : strstr(p, "\n\n");
	if (!script)
		return key->len;
	end = strstr(script + (script == p ? 1 : 2), "\n\n");
	return end ? (size_t)(end - key->data) : key->len;
}

int keysamehead(const struct buf *want, const struct buf *done)
{
	size_t len = headlen(want);

	return len && len == headlen(done) && memcmp(want->data, done->data, len) == 0;
}
