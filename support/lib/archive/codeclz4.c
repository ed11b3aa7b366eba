// SPDX-License-Identifier: GPL-2.0-or-later
#include <lz4frame.h>

#include "archive/codec.h"

static bool lz4is(const unsigned char *head, size_t len)
{
	return codecbegins(head, len, "\x04\x22\x4d\x18", 4);
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
		return codecbad(p, false, LZ4F_getErrorName(left));
	codecmove(p, p->in + in, p->out + out);
	return left == 0 ? STEP_END : STEP_MORE;
}

static void lz4close(void *state)
{
	LZ4F_freeDecompressionContext(state);
}

const struct codec codeclz4 = { "lz4", 0, lz4is, lz4open, lz4step, lz4close };
