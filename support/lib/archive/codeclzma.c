// SPDX-License-Identifier: GPL-2.0-or-later
#include <lzma.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/codec.h"

#define MEMORY	     ((uint64_t)1 << 30) /* a dictionary of nearly a gibibyte */
#define LZIP_HEAD    6
#define LZIP_TRAILER 20 /* CRC of the data, its size, the member's size */
#define LZIP_LOG_MIN 12
#define LZIP_LOG_MAX 29

static uint64_t le(const unsigned char *b, size_t len)
{
	uint64_t n = 0;

	while (len--)
		n = n << 8 | b[len];
	return n;
}

static enum step bad(struct piece *p, lzma_ret ret)
{
	if (ret != LZMA_MEMLIMIT_ERROR)
		return codecbad(p, ret == LZMA_MEM_ERROR, "bad LZMA data");
	p->why = "it wants more than 1 GiB of memory";
	return STEP_MEMORY;
}

/* Return x if its initialisation (begun) succeeded. Otherwise free it and return NULL. */
static void *opened(lzma_stream *x, lzma_ret begun)
{
	if (begun == LZMA_OK)
		return x;
	free(x);
	return NULL;
}

static bool xzis(const unsigned char *head, size_t len)
{
	return codecbegins(head, len, "\xfd\x37zXZ\0", 6);
}

static void *xzopen(const unsigned char *head)
{
	lzma_stream *x = xcalloc(1, sizeof(*x));

	(void)head;
	return opened(x, lzma_stream_decoder(x, MEMORY, 0));
}

static enum step xzstep(void *state, struct piece *p)
{
	lzma_stream *x = state;
	lzma_ret ret;

	x->next_in = p->in;
	x->avail_in = p->inlen;
	x->next_out = p->out;
	x->avail_out = p->outlen;
	ret = lzma_code(x, LZMA_RUN);
	p->in = x->next_in;
	p->inlen = x->avail_in;
	p->out = x->next_out;
	p->outlen = x->avail_out;
	if (ret == LZMA_STREAM_END)
		return STEP_END;
	return ret == LZMA_OK || ret == LZMA_BUF_ERROR ? STEP_MORE : bad(p, ret);
}

static void xzclose(void *state)
{
	lzma_end(state);
	free(state);
}

/*
 * The format has no magic number. Accept a dictionary of 2^n or 2^n + 2^(n-1) bytes and a plausible
 * size.
 */
static bool lzmais(const unsigned char *head, size_t len)
{
	uint64_t dict, size;

	if (len < 13 || head[0] >= 9 * 5 * 5)
		return false;
	dict = le(head + 1, 4);
	size = le(head + 5, 8);
	if (dict < 4096 || (size >> 38 && size != UINT64_MAX))
		return false;
	while (!(dict & 1))
		dict >>= 1;
	return dict == 1 || dict == 3;
}

static void *lzmaopen(const unsigned char *head)
{
	lzma_stream *x = xcalloc(1, sizeof(*x));

	(void)head;
	return opened(x, lzma_alone_decoder(x, MEMORY));
}

struct lzip {
	lzma_stream *x;
	uint32_t crc;
	uint64_t size, packed; /* bytes of data, bytes of the member */
	bool ended;	       /* the data is complete; read the trailer next */
	unsigned char trailer[LZIP_TRAILER];
	size_t len;
};

static uint32_t lzipdict(const unsigned char *head)
{
	uint32_t dict = (uint32_t)1 << (head[5] & 31);

	return dict - dict / 16 * (head[5] >> 5);
}

static bool lzipis(const unsigned char *head, size_t len)
{
	return len >= LZIP_HEAD && memcmp(head, "LZIP\1", 5) == 0 &&
	       (head[5] & 31) >= LZIP_LOG_MIN && (head[5] & 31) <= LZIP_LOG_MAX;
}

static void *lzipopen(const unsigned char *head)
{
	struct lzip *z = xcalloc(1, sizeof(*z));
	lzma_options_lzma o = { .dict_size = lzipdict(head), .lc = 3, .lp = 0, .pb = 2 };
	const lzma_filter filters[] = { { LZMA_FILTER_LZMA1, &o }, { LZMA_VLI_UNKNOWN, NULL } };

	z->x = xcalloc(1, sizeof(*z->x));
	z->x = opened(z->x, lzma_raw_decoder(z->x, filters));
	z->packed = LZIP_HEAD + LZIP_TRAILER;
	if (z->x)
		return z;
	free(z);
	return NULL;
}

static enum step trailerstep(struct lzip *z, struct piece *p)
{
	while (z->len < LZIP_TRAILER && p->inlen) {
		z->trailer[z->len++] = *p->in++;
		p->inlen--;
	}
	if (z->len < LZIP_TRAILER)
		return STEP_MORE;
	if (le(z->trailer, 4) == z->crc && le(z->trailer + 4, 8) == z->size &&
	    le(z->trailer + 12, 8) == z->packed)
		return STEP_END;
	p->why = "its checksum or size is another";
	return STEP_BAD;
}

static enum step lzipstep(void *state, struct piece *p)
{
	struct lzip *z = state;
	const unsigned char *out = p->out;
	size_t inlen = p->inlen;
	enum step ret;

	if (!z->ended) {
		ret = xzstep(z->x, p);
		z->packed += inlen - p->inlen;
		z->size += (size_t)(p->out - out);
		z->crc = lzma_crc32(out, (size_t)(p->out - out), z->crc);
		if (ret != STEP_END)
			return ret;
		z->ended = true;
	}
	return trailerstep(z, p);
}

static void lzipclose(void *state)
{
	struct lzip *z = state;

	xzclose(z->x);
	free(z);
}

const struct codec codecxz = { "xz", 0, xzis, xzopen, xzstep, xzclose };
const struct codec codeclzma = { "lzma", 0, lzmais, lzmaopen, xzstep, xzclose };
const struct codec codeclzip = { "lzip", LZIP_HEAD, lzipis, lzipopen, lzipstep, lzipclose };
