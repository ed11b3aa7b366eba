// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/decode.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/codec.h"

enum {
	INPUT = 256 * 1024,
	SKIPPABLE_HEAD = 8, /* magic number and size of a skippable frame of zstd and lz4 */
};

struct decode {
	ssize_t (*input)(void *arg, void *data, size_t len);
	void *arg;
	off_t taken;
	size_t at, len; /* the range of in that is not yet decompressed */
	bool dry;	/* end of input reached */
	bool begun;	/* codec was detected */
	bool ended;
	const struct codec *codec; /* NULL: the data is not compressed */
	void *state;		   /* of the codec; NULL between frames */
	char *why;
	unsigned char in[INPUT];
};

static const struct codec *const codecs[] = { &codecgzip, &codecbzip2, &codecxz,  &codeczstd,
					      &codeclz4,  &codeclzip,  &codeclzma };

/* Return the codec whose frames start with these bytes, or NULL. */
static const struct codec *codecfind(const unsigned char *head, size_t len)
{
	for (size_t i = 0; i < sizeof(codecs) / sizeof(*codecs); i++) {
		if (codecs[i]->is(head, len))
			return codecs[i];
	}
	return NULL;
}

struct decode *decodeopen(ssize_t (*input)(void *arg, void *data, size_t len), void *arg)
{
	struct decode *d = xmalloc(sizeof(*d));

	memset(d, 0, offsetof(struct decode, in));
	d->input = input;
	d->arg = arg;
	return d;
}

static int fail(struct decode *d, char *why)
{
	free(d->why);
	d->why = why;
	return -1;
}

/* Read until want bytes are buffered or the input ends. Returns 0, or -1 on error. */
static int fill(struct decode *d, size_t want)
{
	if (d->len - d->at >= want)
		return 0;
	memmove(d->in, d->in + d->at, d->len - d->at);
	d->len -= d->at;
	d->at = 0;
	while (d->len < want && !d->dry) {
		ssize_t n = d->input(d->arg, d->in + d->len, INPUT - d->len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(d, xasprintf("cannot read it: %s", strerror(errno)));
		d->dry = n == 0;
		d->len += (size_t)n;
		d->taken += n;
	}
	return 0;
}

/* Skip size bytes. */
static int skip(struct decode *d, uint64_t size)
{
	while (size) {
		size_t n = d->len - d->at;

		if (n > size)
			n = (size_t)size;
		d->at += n;
		size -= n;
		if (size && fill(d, 1) < 0)
			return -1;
		if (size && d->at == d->len)
			return fail(d, xstrdup("it is cut short"));
	}
	return 0;
}

/* Read the data after the last frame: zeros up to the end, anything else is an error. */
static int trail(struct decode *d)
{
	do {
		while (d->at < d->len) {
			if (d->in[d->at++])
				return fail(d, xstrdup("there is something else after its end"));
		}
		if (fill(d, 1) < 0)
			return -1;
	} while (d->at < d->len);
	d->ended = true;
	return 0;
}

/* Skip a skippable frame, if there is one. Returns 1 if it did, 0 if there is none, -1 on error. */
static int skippable(struct decode *d)
{
	const unsigned char *p = d->in + d->at;
	int mayskip =
		!d->begun ||
		(d->codec && (!strcmp(d->codec->name, "zstd") || !strcmp(d->codec->name, "lz4")));
	uint32_t size;

	if (!mayskip || d->len - d->at < SKIPPABLE_HEAD || (p[0] & 0xf0) != 0x50 ||
	    memcmp(p + 1, "\x2a\x4d\x18", 3) != 0)
		return 0;
	size = p[4] | (uint32_t)p[5] << 8 | (uint32_t)p[6] << 16 | (uint32_t)p[7] << 24;
	return skip(d, SKIPPABLE_HEAD + (uint64_t)size) < 0 ? -1 : 1;
}

/* At the start or after a frame: start the next frame, or set ended. */
static int framebegin(struct decode *d)
{
	const struct codec *c;
	int ret;

	do {
		if (fill(d, CODEC_HEAD) < 0)
			return -1;
		ret = skippable(d);
	} while (ret > 0);
	if (ret < 0)
		return -1;
	c = codecfind(d->in + d->at, d->len - d->at);
	if (!d->begun)
		d->codec = c;
	else if (!c || c != d->codec)
		return trail(d);
	d->begun = true;
	if (!c)
		return 0;
	d->state = c->open(d->in + d->at);
	if (!d->state)
		return fail(d, xstrdup("cannot decompress it: there is not enough memory"));
	d->at += c->head;
	return 0;
}

/* Copy uncompressed bytes. */
static size_t copy(struct decode *d, unsigned char *out, size_t len)
{
	size_t n = d->len - d->at < len ? d->len - d->at : len;

	memcpy(out, d->in + d->at, n);
	d->at += n;
	d->ended = n == 0;
	return n;
}

/* Decompress more data. Returns the number of bytes, which may be 0, or -1 on error. */
static ssize_t advance(struct decode *d, unsigned char *out, size_t len)
{
	struct piece p;
	size_t had;

	if (fill(d, 1) < 0)
		return -1;
	if (!d->codec)
		return (ssize_t)copy(d, out, len);
	had = d->len - d->at;
	p = (struct piece){ d->in + d->at, had, out, len, NULL };
	switch (d->codec->step(d->state, &p)) {
	case STEP_BAD:
	case STEP_MEMORY:
		return fail(d, xasprintf("cannot decompress it, it is damaged: %s: %s",
					 d->codec->name, p.why));
	case STEP_END:
		d->codec->close(d->state);
		d->state = NULL;
		break;
	case STEP_MORE:
		if (p.inlen == 0 && d->dry && p.outlen == len)
			return fail(d, xasprintf("cannot decompress it, it is cut short"));
		if (p.inlen == had && p.inlen && p.outlen == len)
			return fail(d, xasprintf("cannot decompress it, it is damaged: %s",
						 d->codec->name));
		break;
	}
	d->at += had - p.inlen;
	return (ssize_t)(len - p.outlen);
}

ssize_t decoderead(struct decode *d, void *data, size_t len)
{
	size_t got = 0;

	while (got < len && !d->ended) {
		ssize_t n = 0;

		if (d->why)
			return -1;
		if ((!d->begun || (d->codec && !d->state)) && framebegin(d) < 0)
			return -1;
		if (!d->ended)
			n = advance(d, (unsigned char *)data + got, len - got);
		if (n < 0)
			return -1;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

const char *decodewhy(const struct decode *d)
{
	return d->why;
}

off_t decodetaken(const struct decode *d)
{
	return d->taken;
}

void decodeclose(struct decode *d)
{
	if (!d)
		return;
	if (d->state)
		d->codec->close(d->state);
	free(d->why);
	free(d);
}
