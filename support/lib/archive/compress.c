// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/compress.h"

#include <bzlib.h>
#include <errno.h>
#include <lz4hc.h>
#include <lzma.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "fs/file.h"

#define KIB	      ((size_t)1 << 10)
#define MIB	      ((size_t)1 << 20)
#define LZ4_MAGIC     0x184C2102u /* legacy frame: the only one the kernel knows */
#define LZ4_BLOCK     (8 * MIB)	  /* fixed by the format */
#define XZ_DICT_MAX   (32 * MIB)  /* the kernel allocates it while the archive is in memory */
#define ZSTD_LOG_MAX  23	  /* 8 MiB window: likewise; every kernel accepts it */
#define BZIP2_WORK    0		  /* the library's default work factor */
#define GZIP_WRAPPER  16	  /* added to the window bits to select a gzip header */
#define GZIP_MEMLEVEL 9		  /* 256 KiB: the best compression */

static int fail(int err)
{
	errno = err;
	return -1;
}

int sinkout(struct sink *s, const void *data, size_t len)
{
	s->written += len;
	return writeall(s->fd, data, len);
}

static int noneput(struct sink *s, const void *data, size_t len, bool last)
{
	(void)last;
	return sinkout(s, data, len);
}

static void *gzipopen(int level, uint64_t total)
{
	z_stream *z = xcalloc(1, sizeof(*z));

	(void)total;
	if (deflateInit2(z, level, Z_DEFLATED, MAX_WBITS + GZIP_WRAPPER, GZIP_MEMLEVEL,
			 Z_DEFAULT_STRATEGY) == Z_OK)
		return z;
	free(z);
	errno = ENOMEM;
	return NULL;
}

static int gzipput(struct sink *s, const void *data, size_t len, bool last)
{
	z_stream *z = s->state;

	z->next_in = (Bytef *)data;
	z->avail_in = (uInt)len;
	do {
		z->next_out = s->out;
		z->avail_out = SINK_OUT;
		if (deflate(z, last ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR)
			return fail(EIO);
		if (sinkout(s, s->out, SINK_OUT - z->avail_out) < 0)
			return -1;
	} while (z->avail_out == 0);
	return 0;
}

static void gzipclose(void *state)
{
	deflateEnd(state);
	free(state);
}

static void *bzip2open(int level, uint64_t total)
{
	bz_stream *b = xcalloc(1, sizeof(*b));

	(void)total;
	if (BZ2_bzCompressInit(b, level, 0, BZIP2_WORK) == BZ_OK)
		return b;
	free(b);
	errno = ENOMEM;
	return NULL;
}

static int bzip2put(struct sink *s, const void *data, size_t len, bool last)
{
	bz_stream *b = s->state;
	int ret;

	b->next_in = (char *)data;
	b->avail_in = (unsigned)len;
	do {
		b->next_out = (char *)s->out;
		b->avail_out = SINK_OUT;
		if (!last && !b->avail_in)
			return 0; /* the library treats an empty run as an error */
		ret = BZ2_bzCompress(b, last ? BZ_FINISH : BZ_RUN);
		if (ret < 0)
			return fail(EIO);
		if (sinkout(s, s->out, SINK_OUT - b->avail_out) < 0)
			return -1;
	} while (last ? ret != BZ_STREAM_END : b->avail_in > 0);
	return 0;
}

static void bzip2close(void *state)
{
	BZ2_bzCompressEnd(state);
	free(state);
}

/* Limit the preset's dictionary to the size of the data and to what a small guest can allocate. */
static uint32_t xzdict(uint32_t preset, uint64_t total)
{
	uint64_t dict = 4 * KIB;

	while (dict < total && dict < preset && dict < XZ_DICT_MAX)
		dict *= 2;
	return (uint32_t)dict;
}

static void *xzopen(int level, uint64_t total)
{
	lzma_stream *x = xcalloc(1, sizeof(*x));
	lzma_options_lzma lzma2;
	lzma_filter filters[] = { { LZMA_FILTER_LZMA2, &lzma2 }, { LZMA_VLI_UNKNOWN, NULL } };
	lzma_ret ret = LZMA_OPTIONS_ERROR;

	if (!lzma_lzma_preset(&lzma2, (uint32_t)level)) {
		lzma2.dict_size = xzdict(lzma2.dict_size, total);
		ret = lzma_stream_encoder(x, filters, LZMA_CHECK_CRC32);
	}
	if (ret == LZMA_OK)
		return x;
	free(x);
	errno = ret == LZMA_MEM_ERROR ? ENOMEM : EINVAL;
	return NULL;
}

static int xzput(struct sink *s, const void *data, size_t len, bool last)
{
	lzma_stream *x = s->state;
	lzma_ret ret;

	x->next_in = data;
	x->avail_in = len;
	do {
		x->next_out = s->out;
		x->avail_out = SINK_OUT;
		ret = lzma_code(x, last ? LZMA_FINISH : LZMA_RUN);
		if (ret != LZMA_OK && ret != LZMA_STREAM_END)
			return fail(ret == LZMA_MEM_ERROR ? ENOMEM : EIO);
		if (sinkout(s, s->out, SINK_OUT - x->avail_out) < 0)
			return -1;
	} while (last ? ret != LZMA_STREAM_END : x->avail_in > 0);
	return 0;
}

static void xzclose(void *state)
{
	lzma_end(state);
	free(state);
}

static void *zstdopen(int level, uint64_t total)
{
	ZSTD_CCtx *z = ZSTD_createCCtx();

	if (z && !ZSTD_isError(ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, level)) &&
	    !ZSTD_isError(ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1)) &&
	    !ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(z, total)) &&
	    (level < 20 ||
	     !ZSTD_isError(ZSTD_CCtx_setParameter(z, ZSTD_c_windowLog, ZSTD_LOG_MAX))))
		return z;
	ZSTD_freeCCtx(z);
	errno = ENOMEM;
	return NULL;
}

static int zstdput(struct sink *s, const void *data, size_t len, bool last)
{
	ZSTD_inBuffer in = { data, len, 0 };
	size_t left;

	do {
		ZSTD_outBuffer out = { s->out, SINK_OUT, 0 };

		left = ZSTD_compressStream2(s->state, &out, &in,
					    last ? ZSTD_e_end : ZSTD_e_continue);
		if (ZSTD_isError(left))
			return fail(EIO);
		if (sinkout(s, s->out, out.pos) < 0)
			return -1;
	} while (last ? left > 0 : in.pos < in.size);
	return 0;
}

static void zstdclose(void *state)
{
	ZSTD_freeCCtx(state);
}

struct lz4 {
	int level;
	bool begun;    /* the magic number is written */
	size_t size;   /* of packed */
	char packed[]; /* one compressed block */
};

static void *lz4open(int level, uint64_t total)
{
	size_t size = (size_t)LZ4_compressBound(LZ4_BLOCK);
	struct lz4 *l = xmalloc(sizeof(*l) + size);

	(void)total;
	l->level = level;
	l->begun = false;
	l->size = size;
	return l;
}

static int lz4word(struct sink *s, uint32_t word)
{
	unsigned char le[4] = { word & 255, word >> 8 & 255, word >> 16 & 255, word >> 24 };

	return sinkout(s, le, sizeof(le));
}

static int lz4put(struct sink *s, const void *data, size_t len, bool last)
{
	struct lz4 *l = s->state;
	int packed;

	(void)last;
	if (!l->begun && lz4word(s, LZ4_MAGIC) < 0)
		return -1;
	l->begun = true;
	if (len == 0)
		return 0;
	packed = LZ4_compress_HC(data, l->packed, (int)len, (int)l->size, l->level);
	if (packed <= 0)
		return fail(EIO);
	if (lz4word(s, (uint32_t)packed) < 0)
		return -1;
	return sinkout(s, l->packed, (size_t)packed);
}

static const char *noversion(void)
{
	return "";
}

static const struct compressor compressors[] = {
	{ "none", noversion, 0, 0, 0, MIB, NULL, noneput, NULL },
	{ "gzip", zlibVersion, 1, 9, 9, MIB, gzipopen, gzipput, gzipclose },
	{ "bzip2", BZ2_bzlibVersion, 1, 9, 9, MIB, bzip2open, bzip2put, bzip2close },
	{ "xz", lzma_version_string, 0, 9, 9, MIB, xzopen, xzput, xzclose },
	{ "zstd", ZSTD_versionString, 1, 22, 19, MIB, zstdopen, zstdput, zstdclose },
	{ "lz4", LZ4_versionString, 3, 12, 9, LZ4_BLOCK, lz4open, lz4put, free },
};

const struct compressor *compressfind(const char *name)
{
	for (size_t i = 0; i < sizeof(compressors) / sizeof(*compressors); i++) {
		if (strcmp(compressors[i].name, name) == 0)
			return &compressors[i];
	}
	return NULL;
}

int sinkopen(struct sink *s, int fd, const struct compressor *c, int level, uint64_t total)
{
	*s = (struct sink){ .compressor = c, .fd = fd };
	if (c->open && !(s->state = c->open(level, total)))
		return -1;
	s->pending = xmalloc(c->block);
	s->out = xmalloc(SINK_OUT);
	return 0;
}

int compresswrite(struct sink *s, const void *data, size_t len)
{
	const unsigned char *p = data;

	while (len) {
		size_t room = s->compressor->block - s->npending;
		size_t n = len < room ? len : room;

		memcpy(s->pending + s->npending, p, n);
		s->npending += n;
		p += n;
		len -= n;
		if (s->npending < s->compressor->block)
			break;
		if (s->compressor->put(s, s->pending, s->npending, false) < 0)
			return -1;
		s->npending = 0;
	}
	return 0;
}

int sinkend(struct sink *s)
{
	int ret = s->compressor->put(s, s->pending, s->npending, true);

	s->npending = 0;
	return ret;
}

void sinkclose(struct sink *s)
{
	if (s->compressor->close)
		s->compressor->close(s->state);
	free(s->pending);
	free(s->out);
	*s = (struct sink){ .fd = -1 };
}
