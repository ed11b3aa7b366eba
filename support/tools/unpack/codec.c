// SPDX-License-Identifier: GPL-2.0-or-later
#include "codec.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "codeclzma.h"

#define GZIP_WRAPPER 16 /* to be added to the window bits for a gzip header */
#define ZSTD_LOG_MAX 27 /* windows of 128 MiB: what zstd itself takes unless asked for more */

static const char nomemory[] = "there is not enough memory";

static enum step bad(struct piece *p, const char *why)
{
	p->why = why;
	return STEP_BAD;
}

/* What a library's counter can take at once. */
static unsigned clamp(size_t n)
{
	return n > (1u << 30) ? 1u << 30 : (unsigned)n;
}

/* A step took the input up to in, and filled the room up to out. */
static void moveto(struct piece *p, const void *in, void *out)
{
	p->inlen -= (size_t)((const unsigned char *)in - p->in);
	p->outlen -= (size_t)((unsigned char *)out - p->out);
	p->in = in;
	p->out = out;
}

static int begins(const unsigned char *head, size_t len, const char *magic, size_t n)
{
	return len >= n && memcmp(head, magic, n) == 0;
}

static int gzipis(const unsigned char *head, size_t len)
{
	return begins(head, len, "\x1f\x8b\x08", 3);
}

static void *gzipopen(const unsigned char *head)
{
	z_stream *z = xcalloc(1, sizeof(*z));

	(void)head;
	if (inflateInit2(z, MAX_WBITS + GZIP_WRAPPER) == Z_OK)
		return z;
	free(z);
	return NULL;
}

static enum step gzipstep(void *state, struct piece *p)
{
	z_stream *z = state;
	int ret;

	z->next_in = (Bytef *)p->in;
	z->avail_in = clamp(p->inlen);
	z->next_out = p->out;
	z->avail_out = clamp(p->outlen);
	ret = inflate(z, Z_NO_FLUSH);
	moveto(p, z->next_in, z->next_out);
	if (ret == Z_STREAM_END)
		return STEP_END;
	if (ret == Z_OK || ret == Z_BUF_ERROR)
		return STEP_MORE;
	return bad(p, ret == Z_MEM_ERROR ? nomemory : z->msg ? z->msg : "bad gzip data");
}

static void gzipclose(void *state)
{
	inflateEnd(state);
	free(state);
}

static int bzip2is(const unsigned char *head, size_t len)
{
	return begins(head, len, "BZh", 3) && len > 3 && head[3] >= '1' && head[3] <= '9';
}

static void *bzip2open(const unsigned char *head)
{
	bz_stream *b = xcalloc(1, sizeof(*b));

	(void)head;
	if (BZ2_bzDecompressInit(b, 0, 0) == BZ_OK)
		return b;
	free(b);
	return NULL;
}

static enum step bzip2step(void *state, struct piece *p)
{
	bz_stream *b = state;
	int ret;

	b->next_in = (char *)p->in;
	b->avail_in = clamp(p->inlen);
	b->next_out = (char *)p->out;
	b->avail_out = clamp(p->outlen);
	ret = BZ2_bzDecompress(b);
	moveto(p, b->next_in, b->next_out);
	if (ret == BZ_STREAM_END)
		return STEP_END;
	if (ret == BZ_OK)
		return STEP_MORE;
	return bad(p, ret == BZ_MEM_ERROR ? nomemory : "bad bzip2 data");
}

static void bzip2close(void *state)
{
	BZ2_bzDecompressEnd(state);
	free(state);
}

static int zstdis(const unsigned char *head, size_t len)
{
	return begins(head, len, "\x28\xb5\x2f\xfd", 4);
}

static void *zstdopen(const unsigned char *head)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();

	(void)head;
	if (z && !ZSTD_isError(ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, ZSTD_LOG_MAX)))
		return z;
	ZSTD_freeDCtx(z);
	return NULL;
}

static enum step zstdstep(void *state, struct piece *p)
{
	ZSTD_inBuffer in = { p->in, p->inlen, 0 };
	ZSTD_outBuffer out = { p->out, p->outlen, 0 };
	size_t left = ZSTD_decompressStream(state, &out, &in);

	if (ZSTD_isError(left))
		return bad(p, ZSTD_getErrorName(left));
	moveto(p, p->in + in.pos, p->out + out.pos);
	return left == 0 ? STEP_END : STEP_MORE;
}

static void zstdclose(void *state)
{
	ZSTD_freeDCtx(state);
}

static int lz4is(const unsigned char *head, size_t len)
{
	return begins(head, len, "\x04\x22\x4d\x18", 4);
}

static void *lz4open(const unsigned char *head)
{
	LZ4F_dctx *l = NULL;

	(void)head;
	return LZ4F_isError(LZ4F_createDecompressionContext(&l, LZ4F_VERSION)) ? NULL : l;
}

static enum step lz4step(void *state, struct piece *p)
{
	size_t in = p->inlen, out = p->outlen;
	size_t left = LZ4F_decompress(state, p->out, &out, p->in, &in, NULL);

	if (LZ4F_isError(left))
		return bad(p, LZ4F_getErrorName(left));
	moveto(p, p->in + in, p->out + out);
	return left == 0 ? STEP_END : STEP_MORE;
}

static void lz4close(void *state)
{
	LZ4F_freeDecompressionContext(state);
}

static const struct codec codecs[] = {
	{ "gzip", 0, gzipis, gzipopen, gzipstep, gzipclose },
	{ "bzip2", 0, bzip2is, bzip2open, bzip2step, bzip2close },
	{ "xz", 0, xzis, xzopen, xzstep, xzclose },
	{ "zstd", 0, zstdis, zstdopen, zstdstep, zstdclose },
	{ "lz4", 0, lz4is, lz4open, lz4step, lz4close },
	{ "lzip", LZIP_HEAD, lzipis, lzipopen, lzipstep, lzipclose },
	{ "lzma", 0, lzmais, lzmaopen, xzstep, xzclose },
};

const struct codec *codecfind(const unsigned char *head, size_t len)
{
	for (size_t i = 0; i < sizeof(codecs) / sizeof(*codecs); i++) {
		if (codecs[i].is(head, len))
			return &codecs[i];
	}
	return NULL;
}
