// SPDX-License-Identifier: GPL-2.0-or-later
#include "key.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/digest.h"
#include "bundle.h"
#include "fs/file.h"

char *keydep(const char *name, const char *part)
{
	return xasprintf("%s:%s", name, part);
}

/* Append a line "dep NAME DIGEST". */
static int depline(struct buf *key, const struct pair *dep, const char *part,
		   const struct keyview *view, char **why)
{
	char *name = keydep(dep->name, part);
	const char *digest = view ? pairfind(&view->digests, name) : NULL;
	struct buf text = { 0 };
	char *path;
	int ret;

	free(name);
	if (digest) {
		bufprintf(key, "dep %s %s\n", dep->name, digest);
		return 0;
	}
	path = xasprintf("%s/digest.%s", dep->value, part);
	ret = fileread(path, &text);
	if (ret == 0 && text.len)
		bufprintf(key, "dep %s %.64s\n", dep->name, text.data);
	else
		*why = xasprintf("cannot read %s: %s; 'make %s-dirclean' and build again", path,
				 ret < 0 ? strerror(errno) : "it is empty", dep->name);
	buffree(&text);
	free(path);
	return *why ? -1 : 0;
}

/* Append the line of the source tree: the digest of its unpack script. */
static void srcline(struct buf *key, const struct job *j, const struct keyview *view, char **why)
{
	char *path = xasprintf("%s/unpack.sh", j->source.dir);
	struct buf text = { 0 };
	char hex[DIGESTHEX];

	if (bundlefile(view ? view->scripts : NULL, path, &text) < 0)
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
	digestbytes(bufstr(&text), text.len, hex);
	bufprintf(key, "src %s\n", hex);
	buffree(&text);
	free(path);
}

int keymake(const struct job *j, const char *step, const struct keyview *view, struct buf *key,
	    char **why)
{
	char *script = jobfile(j, "", step, ".sh");
	bool late = strcmp(step, "configure") != 0;

	*why = NULL;
	if (strcmp(step, "unpack") != 0) {
		if (j->source.dir)
			srcline(key, j, view, why);
		for (size_t i = 0; !*why && i < j->deps.len; i++)
			depline(key, &j->deps.item[i], j->part, view, why);
		for (size_t i = 0; late && !*why && i < j->late.len; i++)
			depline(key, &j->late.item[i], "sysroot", view, why);
		for (size_t i = 0; late && !*why && i < j->images.len; i++)
			depline(key, &j->images.item[i], "images", view, why);
	}
	bufputc(key, '\n');
	if (!*why && bundlefile(view ? view->scripts : NULL, script, key) < 0)
		*why = xasprintf("cannot read %s: %s", script, strerror(errno));
	free(script);
	return *why ? -1 : 0;
}

void keyrecorded(const struct job *j, const char *records, const char *step, struct buf *key)
{
	char *path = xasprintf("%s/%s/%s", j->dir, records, step);

	bufclear(key);
	if (fileread(path, key) < 0)
		bufclear(key);
	free(path);
}

void keydone(const struct job *j, const char *step, struct buf *key)
{
	keyrecorded(j, "done", step, key);
}

bool keysame(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (!a->len || memcmp(a->data, b->data, a->len) == 0);
}

void keysteady(const struct buf *key, struct buf *out)
{
	static const char edited[] = "# sources ";
	const char *p = key->len ? key->data : "";

	while (*p) {
		const char *end = strchrnul(p, '\n');

		if (!startswith(p, edited))
			bufadd(out, p, (size_t)(end - p) + (*end == '\n'));
		p = end + (*end == '\n');
	}
}

/* Bytes up to the end of the header, which is the second empty line of a key. */
static size_t headlen(const struct buf *key)
{
	const char *p = key->data;
	const char *script, *end;

	if (!key->len)
		return 0;
	/* Without sources and dependencies the key begins with its empty line. */
	script = *p == '\n' ? p : strstr(p, "\n\n");
	if (!script)
		return key->len;
	end = strstr(script + (script == p ? 1 : 2), "\n\n");
	return end ? (size_t)(end - key->data) : key->len;
}

bool keysamehead(const struct buf *want, const struct buf *done)
{
	size_t len = headlen(want);

	return len && len == headlen(done) && memcmp(want->data, done->data, len) == 0;
}
