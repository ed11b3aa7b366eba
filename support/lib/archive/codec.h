/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The decoders. Each decompresses one frame (or member, or stream) of data. Each has a file of its
 * own, so that a program links only the libraries of the decoders it uses. decode.h uses all of
 * them on a stream; decompress.h uses those that the kernel knows on data in memory.
 */
#ifndef ARCHIVE_CODEC_H
#define ARCHIVE_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* The input and output of a step. The step advances both. */
struct piece {
	const unsigned char *in;
	size_t inlen;
	unsigned char *out;
	size_t outlen;
	const char *why; /* set after STEP_BAD and STEP_MEMORY: static text */
};

enum step {
	STEP_MORE,   /* needs more input or more output space to continue */
	STEP_END,    /* the frame is complete and its checksums are correct */
	STEP_BAD,    /* the frame is damaged */
	STEP_MEMORY, /* the frame needs more memory than available or allowed */
};

struct codec {
	const char *name;
	size_t head; /* bytes at the start of the frame that open consumes; step gets what follows
		      */
	/* Return whether a frame starts with head; len may be short at the end of the input. */
	bool (*is)(const unsigned char *head, size_t len);
	void *(*open)(const unsigned char *head); /* start one frame; NULL: out of memory */
	enum step (*step)(void *state, struct piece *p);
	void (*close)(void *state); /* free the state */
};

/* Bytes needed to recognise any codec. */
#define CODEC_HEAD 13

extern const struct codec codecgzip, codecbzip2, codecxz, codeclzma, codeclzip, codeczstd, codeclz4;

/* Compressed data in memory. Set in, inlen and limit; leave the rest zero. */
struct compressed {
	const unsigned char *in; /* borrowed; may hold more than one frame */
	size_t inlen;
	size_t used;	 /* result: bytes of in that the frame took */
	size_t limit;	 /* maximum bytes of output */
	struct buf out;	 /* result: the data; caller frees */
	const char *why; /* error message after a failure, static text */
};

/* Decompress the first frame of p->in. Returns 0, or -1 with p->why set. */
int codecunpack(const struct codec *c, struct compressed *p);

/* Fail with the error message why (static text). Returns -1. */
int codecfail(struct compressed *p, const char *why);

/*
 * Append decompressed data to p->out. Returns 0, or -1 with p->why set if that exceeds the limit.
 */
int codecgive(struct compressed *p, const void *data, size_t len);

/* ---- for steps ---- */

/* Return whether the len bytes at head start with the n bytes of magic. */
bool codecbegins(const unsigned char *head, size_t len, const char *magic, size_t n);

/* Limit n to what fits into a library's unsigned counter. */
unsigned codecclamp(size_t n);

/* Advance p: its input was consumed up to in, and its output filled up to out. */
void codecmove(struct piece *p, const void *in, void *out);

/*
 * Set p->why for a failed step. Returns STEP_MEMORY if it ran out of memory, else STEP_BAD with the
 * message why.
 */
enum step codecbad(struct piece *p, bool memory, const char *why);

#endif
