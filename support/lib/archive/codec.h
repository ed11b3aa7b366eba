/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The decoders: what takes one frame (or member, or stream) of compressed data apart, whoever made
 * it. Each is in a file of its own, so that a program loads the libraries of those that it names.
 * decode.h has all of them for a stream, decompress.h those that kernels know for data in memory.
 */
#ifndef ARCHIVE_CODEC_H
#define ARCHIVE_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* What a step works on; it moves on in both. */
struct piece {
	const unsigned char *in;
	size_t inlen;
	unsigned char *out;
	size_t outlen;
	const char *why; /* after STEP_BAD and STEP_MEMORY: static text */
};

enum step {
	STEP_MORE,   /* it takes more input, or room, to go on */
	STEP_END,    /* the frame is whole, its checksums are right */
	STEP_BAD,    /* the frame is damaged */
	STEP_MEMORY, /* the frame takes more memory than there is, or than is allowed */
};

struct codec {
	const char *name;
	size_t head; /* bytes of the frame's head that open looks at, and step is not given */
	/* Whether a frame begins so; at the end of the input there may be fewer bytes. */
	bool (*is)(const unsigned char *head, size_t len);
	void *(*open)(const unsigned char *head); /* for one frame; NULL: no memory */
	enum step (*step)(void *state, struct piece *p);
	void (*close)(void *state); /* frees it */
};

/* How many bytes tell which one it is. */
#define CODEC_HEAD 13

extern const struct codec codecgzip, codecbzip2, codecxz, codeclzma, codeclzip, codeczstd, codeclz4;

/* Compressed data in memory; set in, inlen and limit, leave the rest zero. */
struct compressed {
	const unsigned char *in; /* borrowed; more than one frame may be in it */
	size_t inlen;
	size_t used;	 /* bytes of in that the frame took, once done */
	size_t limit;	 /* most bytes to give */
	struct buf out;	 /* what was in it; the caller frees it */
	const char *why; /* after a failure: what is wrong, static */
};

/* Decompress the one frame that p->in begins with. 0, or -1 with p->why set. */
int codecunpack(const struct codec *c, struct compressed *p);

/* The frame that p stands for fails, for the reason why. -1. */
int codecfail(struct compressed *p, const char *why);

/* Add what came out of the frame. 0, or -1 where that is beyond the limit. */
int codecgive(struct compressed *p, const void *data, size_t len);

/* ---- for steps ---- */

/* Whether the len bytes at head begin with the n bytes of magic. */
bool codecbegins(const unsigned char *head, size_t len, const char *magic, size_t n);

/* What a library's counter can take at once. */
unsigned codecclamp(size_t n);

/* A step took the input up to in, and filled the room up to out. */
void codecmove(struct piece *p, const void *in, void *out);

/* The end of a step that failed: STEP_MEMORY if memory was the reason, else STEP_BAD for why. */
enum step codecbad(struct piece *p, bool memory, const char *why);

#endif
