// SPDX-License-Identifier: GPL-2.0-or-later
#include <bzlib.h>
#include <stdlib.h>

#include "archive/codec.h"

static bool bzip2is(const unsigned char *head, size_t len)
{
	return codecbegins(head, len, "BZh", 3) && len > 3 && head[3] >= '1' && head[3] <= '9';
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
	b->avail_in = codecclamp(p->inlen);
	b->next_out = (char *)p->out;
	b->avail_out = codecclamp(p->outlen);
	ret = BZ2_bzDecompress(b);
	codecmove(p, b->next_in, b->next_out);
	if (ret == BZ_STREAM_END)
		return STEP_END;
	return ret == BZ_OK ? STEP_MORE : codecbad(p, ret == BZ_MEM_ERROR, "bad bzip2 data");
}

static void bzip2close(void *state)
{
	BZ2_bzDecompressEnd(state);
	free(state);
}

const struct codec codecbzip2 = { "bzip2", 0, bzip2is, bzip2open, bzip2step, bzip2close };
