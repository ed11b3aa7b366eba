// SPDX-License-Identifier: GPL-2.0-or-later
#include "thin.h"

#include <ar.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/number.h"
#include "base/path.h"
#include "fs/file.h"

static const char magic[] = "!<thin>\n";

static int bytext(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A field of a header as a number; -1 if it is none. What follows a blank is not part of it. */
static long long field(const char *text, size_t len)
{
	long long n = -1;
	char *copy = xstrndup(text, len);

	copy[strcspn(copy, " ")] = '\0';
	if (!numberparse(copy, 0, 9999999999, &n))
		n = -1;
	free(copy);
	return n;
}

/* The path of the member whose name is at names, relative to build; NULL if it is none. */
static char *memberpath(const char *archive, const char *names, size_t len)
{
	const char *end = memchr(names, '\n', len);

	if (!end || end - names < 2 || end[-1] != '/')
		return NULL;
	char *name = xstrndup(names, (size_t)(end - names) - 1);
	char *dir = pathparent(archive);
	char *path = pathjoin(dir, name);

	free(dir);
	free(name);
	return path;
}

/* Write the size of the object at path into the header h. Returns 0, 1 or -1 as thinupdate does. */
static int setsize(struct ar_hdr *h, const char *build, const char *path)
{
	char *whole = pathjoin(build, path), *size = NULL;
	struct stat st;
	int ret = stat(whole, &st);

	if (ret == 0) {
		size = xasprintf("%-10lld", (long long)st.st_size);
		ret = strlen(size) == sizeof(h->ar_size) ? 0 : 1;
	}
	if (ret == 0)
		memcpy(h->ar_size, size, sizeof(h->ar_size));
	free(size);
	free(whole);
	return ret;
}

/* The same for all headers in text. */
static int setsizes(struct buf *text, const char *build, const char *archive,
		    const struct strlist *changed)
{
	struct ar_hdr *h = (struct ar_hdr *)(text->data + strlen(magic));
	size_t at = strlen(magic) + sizeof(*h);
	const char *names = text->data + at;
	long long len = at <= text->len ? field(h->ar_size, sizeof(h->ar_size)) : -1;
	int ret = 0;

	if (len < 0 || memcmp(h->ar_name, "//              ", sizeof(h->ar_name)) != 0 ||
	    (size_t)len > text->len - at)
		return 1;
	at += (size_t)(len + len % 2);
	for (; ret == 0 && at < text->len; at += sizeof(*h)) {
		h = (struct ar_hdr *)(text->data + at);
		if (text->len - at < sizeof(*h) || h->ar_name[0] != '/' ||
		    memcmp(h->ar_fmag, ARFMAG, sizeof(h->ar_fmag)) != 0)
			return 1;
		long long offset = field(h->ar_name + 1, sizeof(h->ar_name) - 1);
		char *path = offset >= 0 && offset < len
				     ? memberpath(archive, names + offset, (size_t)(len - offset))
				     : NULL;

		if (!path)
			return 1;
		const char *key = path;

		if (changed->len && bsearch(&key, changed->item, changed->len, sizeof(key), bytext))
			ret = setsize(h, build, path);
		free(path);
	}
	return ret;
}

int thinupdate(const char *build, const char *archive, const struct strlist *changed)
{
	char *path = pathjoin(build, archive);
	struct buf text = { 0 };
	int ret = fileread(path, &text);

	if (ret == 0 && (text.len < strlen(magic) || memcmp(text.data, magic, strlen(magic)) != 0))
		ret = 1;
	if (ret == 0 && text.len > strlen(magic))
		ret = setsizes(&text, build, archive, changed);
	if (ret == 0)
		ret = filewrite(path, text.data, text.len, 0666);
	buffree(&text);
	free(path);
	return ret;
}
