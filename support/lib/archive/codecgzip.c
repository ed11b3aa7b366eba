// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <zlib.h>

#include "archive/codec.h"

#define GZIP_WRAPPER 16 /* added to the window bits to select a gzip header */

static bool gzipis(const unsigned char *head, size_t len)
{
	return codecbegins(head, len, "\x1f\x8b\x08", 3);
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
	z->avail_in = codecclamp(p->inlen);
	z->next_out = p->out;
	z->avail_out = codecclamp(p->outlen);
	ret = inflate(z, Z_NO_FLUSH);
	codecmove(p, z->next_in, z->next_out);
	if (ret == Z_STREAM_END)
		return STEP_END;
	if (ret == Z_OK || ret == Z_BUF_ERROR)
		return STEP_MORE;
	return codecbad(p, ret == Z_MEM_ERROR, z->msg ? z->msg : "bad gzip data");
}

static void gzipclose(void *state)
{
	inflateEnd(state);
	free(state);
}

const struct codec codecgzip = { "gzip", 0, gzipis, gzipopen, gzipstep, gzipclose };
