/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ways of compression: how each begins, and what takes one frame (or member, or stream) apart.
 */
#ifndef UNPACK_CODEC_H
#define UNPACK_CODEC_H

#include <stddef.h>

/* What a step works on; it moves on in both. */
struct piece {
	const unsigned char *in;
	size_t inlen;
	unsigned char *out;
	size_t outlen;
	const char *why; /* after STEP_BAD: static text */
};

enum step {
	STEP_MORE, /* it takes more input, or room, to go on */
	STEP_END,  /* the frame is whole, its checksums are right */
	STEP_BAD,
};

struct codec {
	const char *name;
	size_t head; /* bytes of the frame's head that open looks at, and step is not given */
	/* Nonzero if a frame begins so; at the end of the input there may be fewer bytes. */
	int (*is)(const unsigned char *head, size_t len);
	void *(*open)(const unsigned char *head); /* for one frame; NULL: no memory */
	enum step (*step)(void *state, struct piece *p);
	void (*close)(void *state); /* frees it */
};

/* How many bytes tell which one it is. */
#define CODEC_HEAD 13

/* The one whose frames begin so, or NULL. */
const struct codec *codecfind(const unsigned char *head, size_t len);

#endif
