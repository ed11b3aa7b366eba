// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/codec.h"

#include <string.h>

#define CHUNK ((size_t)128 << 10)

bool codecbegins(const unsigned char *head, size_t len, const char *magic, size_t n)
{
	return len >= n && memcmp(head, magic, n) == 0;
}

unsigned codecclamp(size_t n)
{
	return n > (1u << 30) ? 1u << 30 : (unsigned)n;
}

void codecmove(struct piece *p, const void *in, void *out)
{
	p->inlen -= (size_t)((const unsigned char *)in - p->in);
	p->outlen -= (size_t)((unsigned char *)out - p->out);
	p->in = in;
	p->out = out;
}

enum step codecbad(struct piece *p, bool memory, const char *why)
{
	p->why = memory ? "there is not enough memory" : why;
	return memory ? STEP_MEMORY : STEP_BAD;
}

int codecfail(struct compressed *p, const char *why)
{
	p->why = why;
	return -1;
}

int codecgive(struct compressed *p, const void *data, size_t len)
{
	if (len > p->limit - p->out.len)
		return codecfail(p,
				 "it holds more than this program takes: is that a real archive?");
	bufadd(&p->out, data, len);
	return 0;
}

/* Run one step. Returns 1 if the frame continues, 0 if it ended, -1 with p->why set. */
static int advance(const struct codec *c, void *state, struct compressed *p)
{
	unsigned char chunk[CHUNK];
	struct piece piece = { p->in + p->used, p->inlen - p->used, chunk, CHUNK, NULL };
	enum step step = c->step(state, &piece);
	size_t used = p->inlen - p->used - piece.inlen;

	p->used += used;
	if (step == STEP_BAD)
		return codecfail(p, "the compressed data is corrupt");
	if (step == STEP_MEMORY)
		return codecfail(p, "not enough memory to decompress it");
	if (step == STEP_MORE && !used && piece.outlen == CHUNK)
		return codecfail(p, "the compressed data is cut off");
	return codecgive(p, chunk, CHUNK - piece.outlen) < 0 ? -1 : step == STEP_MORE;
}

int codecunpack(const struct codec *c, struct compressed *p)
{
	void *state;
	int ret;

	p->used = c->head;
	state = p->inlen < c->head ? NULL : c->open(p->in);
	if (!state)
		return codecfail(p, "not enough memory to decompress it");
	while ((ret = advance(c, state, p)) > 0)
		;
	c->close(state);
	return ret;
}
