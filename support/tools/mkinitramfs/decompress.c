// SPDX-License-Identifier: GPL-2.0-or-later
#include "decompress.h"

#include <bzlib.h>
#include <lz4.h>
#include <lzma.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#define CHUNK	     ((size_t)128 << 10)
#define LZ4_MAGIC    0x184C2102u
#define LZ4_BLOCK    (8 << 20)		   /* of the legacy frame, uncompressed */
#define XZ_MEMORY    ((uint64_t)512 << 20) /* more than any sane dictionary needs */
#define ZSTD_LOG_MAX 27			   /* windows of 128 MiB: what kernels accept */
#define GZIP_WRAPPER 16			   /* to be added to the window bits for a gzip header */

static const char truncated[] = "the compressed data is cut off";
static const char corrupt[] = "the compressed data is corrupt";
static const char toolarge[] = "it holds more than this program takes: is that a real archive?";
static const char nomemory[] = "not enough memory to decompress it";

static int fail(struct compressed *p, const char *why)
{
	p->why = why;
	return -1;
}

static int give(struct compressed *p, const void *data, size_t len)
{
	if (len > p->limit - p->out.len)
		return fail(p, toolarge);
	bufadd(&p->out, data, len);
	return 0;
}

/* What a library's counter can take of the input at once. */
static unsigned clamp(size_t n)
{
	return n > (1u << 30) ? 1u << 30 : (unsigned)n;
}

static int gunzip(struct compressed *p)
{
	unsigned char chunk[CHUNK];
	z_stream z = { 0 };
	int state = Z_OK, ret = 0;

	if (inflateInit2(&z, MAX_WBITS + GZIP_WRAPPER) != Z_OK)
		return fail(p, nomemory);
	while (ret == 0 && state != Z_STREAM_END) {
		z.next_in = (Bytef *)p->in + p->used;
		z.avail_in = clamp(p->inlen - p->used);
		z.next_out = chunk;
		z.avail_out = CHUNK;
		state = inflate(&z, Z_NO_FLUSH);
		p->used = (size_t)(z.next_in - p->in);
		if (state == Z_BUF_ERROR)
			ret = fail(p, truncated);
		else if (state != Z_OK && state != Z_STREAM_END)
			ret = fail(p, state == Z_MEM_ERROR ? nomemory : corrupt);
		else
			ret = give(p, chunk, CHUNK - z.avail_out);
	}
	inflateEnd(&z);
	return ret;
}

static int bunzip2(struct compressed *p)
{
	char chunk[CHUNK];
	bz_stream b = { 0 };
	int state = BZ_OK, ret = 0;

	if (BZ2_bzDecompressInit(&b, 0, 0) != BZ_OK)
		return fail(p, nomemory);
	while (ret == 0 && state != BZ_STREAM_END) {
		b.next_in = (char *)p->in + p->used;
		b.avail_in = clamp(p->inlen - p->used);
		b.next_out = chunk;
		b.avail_out = CHUNK;
		state = BZ2_bzDecompress(&b);
		p->used = (size_t)((unsigned char *)b.next_in - p->in);
		if (state != BZ_OK && state != BZ_STREAM_END)
			ret = fail(p, state == BZ_MEM_ERROR ? nomemory : corrupt);
		else if (state == BZ_OK && p->used == p->inlen && b.avail_out > 0)
			ret = fail(p, truncated);
		else
			ret = give(p, chunk, CHUNK - b.avail_out);
	}
	BZ2_bzDecompressEnd(&b);
	return ret;
}

/* Both formats of liblzma; x is a decoder that began well, or did not (begun). */
static int lzmarun(struct compressed *p, lzma_stream *x, lzma_ret begun)
{
	unsigned char chunk[CHUNK];
	lzma_ret state = LZMA_OK;
	int ret = 0;

	if (begun != LZMA_OK)
		return fail(p, nomemory);
	x->next_in = p->in;
	x->avail_in = p->inlen;
	while (ret == 0 && state != LZMA_STREAM_END) {
		x->next_out = chunk;
		x->avail_out = CHUNK;
		state = lzma_code(x, LZMA_RUN);
		if (state == LZMA_BUF_ERROR)
			ret = fail(p, truncated);
		else if (state == LZMA_MEM_ERROR || state == LZMA_MEMLIMIT_ERROR)
			ret = fail(p, nomemory);
		else if (state != LZMA_OK && state != LZMA_STREAM_END)
			ret = fail(p, corrupt);
		else
			ret = give(p, chunk, CHUNK - x->avail_out);
	}
	p->used = p->inlen - x->avail_in;
	lzma_end(x);
	return ret;
}

static int unxz(struct compressed *p)
{
	lzma_stream x = LZMA_STREAM_INIT;

	return lzmarun(p, &x, lzma_stream_decoder(&x, XZ_MEMORY, 0));
}

static int unlzma(struct compressed *p)
{
	lzma_stream x = LZMA_STREAM_INIT;

	return lzmarun(p, &x, lzma_alone_decoder(&x, XZ_MEMORY));
}

static int unzstd(struct compressed *p)
{
	char chunk[CHUNK];
	ZSTD_inBuffer in = { p->in, p->inlen, 0 };
	ZSTD_DCtx *z = ZSTD_createDCtx();
	size_t left = 1;
	int ret = 0;

	if (!z || ZSTD_isError(ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, ZSTD_LOG_MAX)))
		ret = fail(p, nomemory);
	while (ret == 0 && left > 0) {
		ZSTD_outBuffer out = { chunk, CHUNK, 0 };

		left = ZSTD_decompressStream(z, &out, &in);
		if (ZSTD_isError(left))
			ret = fail(p, corrupt);
		else if (left > 0 && in.pos == in.size && out.pos < CHUNK)
			ret = fail(p, truncated);
		else
			ret = give(p, chunk, out.pos);
	}
	p->used = in.pos;
	ZSTD_freeDCtx(z);
	return ret;
}

static uint32_t le32(const unsigned char *b)
{
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* The legacy frame has no end mark: it goes on to the end of the input or to four zeros. */
static int unlz4(struct compressed *p)
{
	char *chunk = xmalloc(LZ4_BLOCK);
	int ret = 0;

	if (p->inlen < 4 || le32(p->in) != LZ4_MAGIC)
		ret = fail(p, "this is no lz4 legacy frame: make it with 'lz4 -l'");
	while (ret == 0 && p->inlen - p->used >= 4) {
		uint32_t size = le32(p->in + p->used);
		int n;

		if (size == 0)
			break;
		p->used += 4;
		if (size == LZ4_MAGIC)
			continue;
		if (size > (uint32_t)LZ4_COMPRESSBOUND(LZ4_BLOCK)) {
			ret = fail(p, "a block of the lz4 data is too long: is the archive that "
				      "follows it not preceded by four zero bytes?");
		} else if (size > p->inlen - p->used) {
			ret = fail(p, truncated);
		} else {
			n = LZ4_decompress_safe((const char *)p->in + p->used, chunk, (int)size,
						LZ4_BLOCK);
			p->used += size;
			ret = n < 0 ? fail(p, corrupt) : give(p, chunk, (size_t)n);
		}
	}
	free(chunk);
	return ret;
}

static const struct format formats[] = {
	{ "gzip", { 0x1f, 0x8b }, gunzip }, { "bzip2", { 'B', 'Z' }, bunzip2 },
	{ "lzma", { 0x5d, 0x00 }, unlzma }, { "xz", { 0xfd, '7' }, unxz },
	{ "lzo", { 0x89, 'L' }, NULL },	    { "lz4", { 0x02, 0x21 }, unlz4 },
	{ "zstd", { 0x28, 0xb5 }, unzstd },
};

const struct format *formatfind(const unsigned char *data, size_t len)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (len >= 2 && memcmp(data, formats[i].magic, 2) == 0)
			return &formats[i];
	}
	return NULL;
}
