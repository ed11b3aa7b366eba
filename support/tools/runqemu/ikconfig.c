// SPDX-License-Identifier: GPL-2.0-or-later
#include "ikconfig.h"

#include <string.h>

#include "archive/codec.h"
#include "fs/file.h"

#define CONFIG_MAX (4 << 20) /* largest .config that is accepted, bytes */

void ikconfigparse(struct ikconfig *k, char *text)
{
	configfree(&k->config);
	k->known = text && *text;
	configparse(&k->config, ".config", text, NULL);
}

int ikconfigread(struct ikconfig *k, const char *path)
{
	struct buf text = { 0 };
	int ret = fileread(path, &text);

	if (ret == 0)
		ikconfigparse(k, text.data);
	buffree(&text);
	return ret;
}

/* Unpack the gzip stream that begins at data. */
static bool unpack(struct buf *text, const void *data, size_t len)
{
	struct compressed p = { .in = data,
				.inlen = len > CONFIG_MAX ? CONFIG_MAX : len,
				.limit = CONFIG_MAX };
	bool good = codecunpack(&codecgzip, &p) == 0;

	if (good)
		bufadd(text, p.out.data, p.out.len);
	buffree(&p.out);
	return good;
}

bool ikconfigfind(struct ikconfig *k, const void *data, size_t len)
{
	static const char start[] = "IKCFG_ST";
	const char *p = data, *end = p + len;
	struct buf text = { 0 };

	configfree(&k->config);
	k->known = false;
	while (!k->known && p && p < end) {
		p = memmem(p, (size_t)(end - p), start, sizeof(start) - 1);
		if (!p)
			break;
		p += sizeof(start) - 1;
		bufclear(&text);
		if (unpack(&text, p, (size_t)(end - p)))
			ikconfigparse(k, text.data);
	}
	buffree(&text);
	return k->known;
}

bool ikconfigknown(const struct ikconfig *k)
{
	return k->known;
}

bool ikconfighas(const struct ikconfig *k, const char *symbol)
{
	const struct setting *s = configget(&k->config, symbol);

	return s && (strcmp(s->value, "y") == 0 || (k->modules && strcmp(s->value, "m") == 0));
}

void ikconfigfree(struct ikconfig *k)
{
	configfree(&k->config);
	k->known = false;
}
