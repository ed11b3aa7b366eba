// SPDX-License-Identifier: GPL-2.0-or-later
#include "ikconfig.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "fs/file.h"
#include "map.h"

#define CONFIG_MAX (4 << 20) /* bytes of a .config that is believed */

int ikconfigread(struct kconfig *k, const char *path)
{
	bufclear(&k->text);
	return fileread(path, &k->text);
}

/* Unpack the gzip stream that begins at data into k. */
static bool unpack(struct kconfig *k, const void *data, size_t len)
{
	z_stream z = { 0 };
	char piece[16384];
	int ret = Z_OK;

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return false;
	z.next_in = (Bytef *)data;
	z.avail_in = len > CONFIG_MAX ? CONFIG_MAX : (uInt)len;
	while (ret == Z_OK && k->text.len < CONFIG_MAX) {
		z.next_out = (Bytef *)piece;
		z.avail_out = sizeof(piece);
		ret = inflate(&z, Z_NO_FLUSH);
		bufadd(&k->text, piece, sizeof(piece) - z.avail_out);
	}
	inflateEnd(&z);
	if (ret != Z_STREAM_END)
		bufclear(&k->text);
	return ret == Z_STREAM_END;
}

bool kconfigfind(struct kconfig *k, const void *data, size_t len)
{
	static const char start[] = "IKCFG_ST";
	const char *p = data, *end = p + len;

	bufclear(&k->text);
	while (p && p < end) {
		p = memmem(p, (size_t)(end - p), start, sizeof(start) - 1);
		if (!p)
			break;
		p += sizeof(start) - 1;
		if (unpack(k, p, (size_t)(end - p)))
			return true;
	}
	return false;
}

bool kconfigfindfile(struct kconfig *k, const char *path)
{
	struct map m;
	bool found;

	if (mapopen(&m, path) < 0)
		return false;
	found = kconfigfind(k, m.data, m.len);
	mapclose(&m);
	return found;
}

bool kconfigknown(const struct kconfig *k)
{
	return k->text.len > 0;
}

bool kconfighas(const struct kconfig *k, const char *symbol)
{
	char *line = xasprintf("\nCONFIG_%s=y\n", symbol);
	const char *text = k->text.len ? k->text.data : "";
	bool has = strstr(text, line) || strncmp(text, line + 1, strlen(line + 1)) == 0;

	free(line);
	return has;
}

void ikconfigfree(struct kconfig *k)
{
	buffree(&k->text);
}
