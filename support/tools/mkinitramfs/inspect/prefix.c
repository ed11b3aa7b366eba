// SPDX-License-Identifier: GPL-2.0-or-later
#include "prefix.h"

#include <stdlib.h>
#include <zlib.h>

#include "archive/compress.h"
#include "base/buf.h"

#define OUT_SIZE 65536

struct prefix {
	const struct compressor *compressor;
	z_stream *z; /* of the compressor */
};

struct prefix *prefixnew(void)
{
	struct prefix *p = xcalloc(1, sizeof(*p));

	p->compressor = compressfind("gzip");
	p->z = p->compressor->open(p->compressor->preset, 0);
	if (p->z)
		return p;
	free(p);
	return NULL;
}

/* Compress and discard the output. Only its size matters, in z->total_out. */
static void run(z_stream *z, int flush)
{
	unsigned char out[OUT_SIZE];

	do {
		z->next_out = out;
		z->avail_out = OUT_SIZE;
		deflate(z, flush);
	} while (z->avail_out == 0);
}

void prefixadd(struct prefix *p, const void *data, size_t len)
{
	const unsigned char *at = data;

	while (len > 0) {
		size_t part = len < p->compressor->block ? len : p->compressor->block;

		p->z->next_in = (Bytef *)at;
		p->z->avail_in = (uInt)part;
		run(p->z, Z_NO_FLUSH);
		at += part;
		len -= part;
	}
}

uint64_t prefixcost(const struct prefix *p)
{
	z_stream copy = { 0 };
	uint64_t cost;

	if (deflateCopy(&copy, p->z) != Z_OK)
		return p->z->total_out; /* out of memory: return an approximate value */
	copy.next_in = NULL;
	copy.avail_in = 0;
	run(&copy, Z_FINISH);
	cost = copy.total_out;
	deflateEnd(&copy);
	return cost;
}

void prefixfree(struct prefix *p)
{
	p->compressor->close(p->z);
	free(p);
}
