// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/decompress.h"

#include <lz4.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LZ4_MAGIC 0x184C2102u
#define LZ4_BLOCK (8 << 20) /* uncompressed size of a block of the legacy frame */

static uint32_t le32(const unsigned char *b)
{
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Decompress the next block, of size bytes, into chunk, and append it to the output. */
static int lz4block(struct compressed *p, uint32_t size, char *chunk)
{
	int n;

	if (size > (uint32_t)LZ4_COMPRESSBOUND(LZ4_BLOCK))
		return codecfail(p, "a block of the lz4 data is too long: is the archive that "
				    "follows it not preceded by four zero bytes?");
	if (size > p->inlen - p->used)
		return codecfail(p, "the compressed data is cut off");
	n = LZ4_decompress_safe((const char *)p->in + p->used, chunk, (int)size, LZ4_BLOCK);
	p->used += size;
	return n < 0 ? codecfail(p, "the compressed data is corrupt")
		     : codecgive(p, chunk, (size_t)n);
}

/* The legacy frame has no end mark. It ends at the end of the input or at four zero bytes. */
static int unlz4(struct compressed *p)
{
	char *chunk;
	int ret = 0;

	if (p->inlen < 4 || le32(p->in) != LZ4_MAGIC)
		return codecfail(p, "this is no lz4 legacy frame: make it with 'lz4 -l'");
	chunk = xmalloc(LZ4_BLOCK);
	while (ret == 0 && p->inlen - p->used >= 4) {
		uint32_t size = le32(p->in + p->used);

		if (size == 0)
			break;
		p->used += 4;
		if (size != LZ4_MAGIC)
			ret = lz4block(p, size, chunk);
	}
	free(chunk);
	return ret;
}

static const struct format formats[] = {
	{ "gzip", { 0x1f, 0x8b }, true, &codecgzip }, { "bzip2", { 'B', 'Z' }, true, &codecbzip2 },
	{ "lzma", { 0x5d, 0x00 }, true, &codeclzma }, { "xz", { 0xfd, '7' }, true, &codecxz },
	{ "lzo", { 0x89, 'L' }, false, NULL },	      { "lz4", { 0x02, 0x21 }, true, NULL },
	{ "zstd", { 0x28, 0xb5 }, true, &codeczstd },
};

const struct format *formatfind(const unsigned char *data, size_t len)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (len >= 2 && memcmp(data, formats[i].magic, 2) == 0)
			return &formats[i];
	}
	return NULL;
}

int decompress(const struct format *f, struct compressed *p)
{
	return f->codec ? codecunpack(f->codec, p) : unlz4(p);
}
