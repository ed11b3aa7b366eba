// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a compressed stream, as the end of a zip archive and as an entry's name: reading
 * them gives bytes, an offset, a path or an error, and no more. What is taken as a name is a path
 * below the directory that is unpacked into. Seeds are in corpus/unpack; a unit test replays them,
 * and mutations of them.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bound.h"
#include "archive/decode.h"
#include "archive/entryname.h"
#include "base/buf.h"
#include "unpack/zip.h"

#define LIMIT ((size_t)1 << 20) /* bytes to decompress to: keeps bombs short */

struct memory {
	const uint8_t *data;
	size_t len;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ssize_t memoryread(void *arg, void *data, size_t len)
{
	struct memory *m = arg;
	size_t n = m->len < len ? m->len : len;

	if (n)
		memcpy(data, m->data, n);
	m->data += n;
	m->len -= n;
	return (ssize_t)n;
}

static void stream(const uint8_t *data, size_t size)
{
	struct memory m = { data, size };
	struct decode *d = decodeopen(memoryread, &m);
	uint8_t chunk[4096];
	size_t total = 0;
	ssize_t n;

	while ((n = decoderead(d, chunk, sizeof(chunk))) > 0 && total < LIMIT)
		total += (size_t)n;
	if ((n < 0) != (decodewhy(d) != NULL))
		abort();
	decodeclose(d);
}

/* The path is relative, and each of its components is a name. */
static void pathcheck(const char *path)
{
	for (const char *p = path; *p;) {
		size_t len = strcspn(p, "/");

		if (!len || (len == 1 && *p == '.') || (len == 2 && strncmp(p, "..", 2) == 0))
			abort();
		p += len;
		if (*p == '/' && !*++p)
			abort();
	}
}

/* Names stand line by line. */
static void names(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size), *rest = text;
	struct bound bound = { 0 };
	const char *raw;

	for (int n = 0; (raw = strsep(&rest, "\n")); n++) {
		char *quoted = namequote(raw);

		if (!boundentry(&bound, raw) && !namerefuse(raw)) {
			char *path = nameclean(raw, n % 3);

			pathcheck(path);
			free(path);
		}
		free(quoted);
	}
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ssize_t end = zipend(data, size);

	if (end > 0 && ((size_t)end > size || (size_t)end < 22))
		abort();
	zipis(data, size);
	stream(data, size);
	names(data, size);
	return 0;
}
