/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For unit tests that replay the corpus of a fuzz target, and mutations of it. */
#ifndef HELPERS_CORPUS_H
#define HELPERS_CORPUS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "file.h"

/* What a fuzz target is. */
typedef int fuzztarget(const uint8_t *data, size_t size);

/* A small generator of its own: the same mutations everywhere. */
static inline uint32_t random32(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

/* Change a few bytes, some to one of bytes, or cut it. */
static inline void mutate(struct buf *b, const char *bytes, uint32_t *seed)
{
	uint32_t n = random32(seed) % 4 + 1;

	while (n-- && b->len) {
		uint32_t at = random32(seed) % (uint32_t)b->len;

		switch (random32(seed) % 4) {
		case 0:
			b->data[at] ^= (char)(1 << random32(seed) % 8);
			break;
		case 1:
			b->data[at] = bytes[random32(seed) % (uint32_t)strlen(bytes)];
			break;
		case 2:
			b->len = at;
			break;
		default:
			b->data[at] = (char)random32(seed);
		}
	}
}

/* Run target on b. */
static inline void fuzzrun(fuzztarget *target, const struct buf *b)
{
	uint8_t *copy = malloc(b->len ? b->len : 1); /* of that size, for the address sanitizer */

	assert_non_null(copy);
	if (b->len)
		memcpy(copy, b->data, b->len);
	assert_int_equal(target(copy, b->len), 0);
	free(copy);
}

/* Run target on b and on so many mutations of it, with bytes that mean something to it. */
static inline void fuzzaround(fuzztarget *target, const struct buf *b, int mutations,
			      const char *bytes, uint32_t *seed)
{
	fuzzrun(target, b);
	for (int n = 0; n < mutations; n++) {
		struct buf m = { 0 };

		bufadd(&m, b->data, b->len);
		mutate(&m, bytes, seed);
		fuzzrun(target, &m);
		buffree(&m);
	}
}

/* The same for each file of the directory corpus. Returns how many there are. */
static inline size_t fuzzreplay(fuzztarget *target, const char *corpus, int mutations,
				const char *bytes)
{
	struct strlist names = { 0 };
	uint32_t seed = 1;
	size_t n;

	assert_int_equal(dirlist(corpus, &names), 0);
	n = names.len;
	for (size_t i = 0; i < n; i++) {
		char *path = pathjoin(corpus, names.item[i]);
		struct buf b = { 0 };

		assert_int_equal(fileread(path, &b), 0);
		fuzzaround(target, &b, mutations, bytes, &seed);
		buffree(&b);
		free(path);
	}
	listfree(&names);
	return n;
}

#endif
