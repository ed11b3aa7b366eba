// SPDX-License-Identifier: GPL-2.0-or-later
#include <zstd.h>

#include "archive/codec.h"

#define LOG_MAX 27 /* 128 MiB window: the kernel's maximum, and zstd's default maximum */

static bool zstdis(const unsigned char *head, size_t len)
{
	return codecbegins(head, len, "\x28\xb5\x2f\xfd", 4);
}

static void *zstdopen(const unsigned char *head)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();

	(void)head;
	if (z && !ZSTD_isError(ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, LOG_MAX)))
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
		return codecbad(p, false, ZSTD_getErrorName(left));
	codecmove(p, p->in + in.pos, p->out + out.pos);
	return left == 0 ? STEP_END : STEP_MORE;
}

static void zstdclose(void *state)
{
	ZSTD_freeDCtx(state);
}

const struct codec codeczstd = { "zstd", 0, zstdis, zstdopen, zstdstep, zstdclose };
