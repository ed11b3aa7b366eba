// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs a fuzz target without a fuzzer: fuzz_NAME runs it on each file of support/fuzz/corpus/NAME
 * and on mutations of these, the same on every machine; fuzz_NAME FILE... runs it on these files
 * only. Prints TAP.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "fs/file.h"

enum {
	MUTATIONS = 300, /* of each seed */
	CHANGES = 4,	 /* most changes of one mutation */
	SIZEMAX = 16384, /* most bytes of a mutated seed */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t random32(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

/* Insert a copy of some bytes elsewhere. */
static void repeat(struct buf *b, uint32_t *seed)
{
	size_t from = random32(seed) % b->len, to = random32(seed) % b->len;
	size_t len = random32(seed) % (b->len - from) + 1;
	struct buf out = { 0 };

	bufadd(&out, b->data, to);
	bufadd(&out, b->data + from, len);
	bufadd(&out, b->data + to, b->len - to);
	buffree(b);
	*b = out;
}

static void mutate(struct buf *b, uint32_t *seed)
{
	static const char common[] = "0123456789abcdefABCDEF/. \t\n\"'$(){}#:=!&|\\-\0\r\xff";
	uint32_t n = random32(seed) % CHANGES + 1;

	while (n-- && b->len) {
		size_t at = random32(seed) % b->len;

		switch (random32(seed) % 5) {
		case 0:
			b->data[at] ^= (char)(1 << random32(seed) % 8);
			break;
		case 1:
			b->data[at] = common[random32(seed) % (sizeof(common) - 1)];
			break;
		case 2:
			b->len = at;
			break;
		case 3:
			if (b->len < SIZEMAX)
				repeat(b, seed);
			break;
		default:
			b->data[at] = (char)random32(seed);
		}
	}
}

/* Run the target on a copy of exactly that size, for the address sanitizer. */
static int run(const struct buf *b)
{
	uint8_t *copy = xmalloc(b->len ? b->len : 1);
	int ret;

	if (b->len)
		memcpy(copy, b->data, b->len);
	ret = LLVMFuzzerTestOneInput(copy, b->len);
	free(copy);
	return ret;
}

/* Run it on the seed and its mutations. Returns the target's result, 0. */
static int runall(const struct buf *b)
{
	uint32_t seed = 1;
	int ret = run(b);

	for (int i = 0; i < MUTATIONS; i++) {
		struct buf m = { 0 };

		bufadd(&m, b->data, b->len);
		mutate(&m, &seed);
		ret |= run(&m);
		buffree(&m);
	}
	return ret;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/'), *name = strchr(slash ? slash : argv[0], '_');
	char *dir = xasprintf("support/fuzz/corpus/%s", name ? name + 1 : "");
	struct strlist paths = { 0 };
	struct buf *seeds;
	int failed = 0;

	progname = "replay";
	for (int i = 1; i < argc; i++)
		listadd(&paths, argv[i]);
	if (argc == 1) {
		struct strlist names = { 0 };

		if (dirlist(dir, &names) < 0 || !names.len)
			die("%s: it has no seed", dir);
		for (size_t i = 0; i < names.len; i++) {
			char *path = pathjoin(dir, names.item[i]);

			listadd(&paths, path);
			free(path);
		}
		listfree(&names);
	}
	/* Read all first: a target may change the directory. */
	seeds = xcalloc(paths.len, sizeof(*seeds));
	for (size_t i = 0; i < paths.len; i++) {
		if (fileread(paths.item[i], &seeds[i]) < 0)
			die("cannot read %s:", paths.item[i]);
	}
	printf("1..%zu\n", paths.len);
	for (size_t i = 0; i < paths.len; i++) {
		int ret = argc == 1 ? runall(&seeds[i]) : run(&seeds[i]);

		failed |= ret;
		printf("%s %zu - %s\n", ret ? "not ok" : "ok", i + 1, paths.item[i]);
		fflush(stdout);
		buffree(&seeds[i]);
	}
	free(seeds);
	free(dir);
	listfree(&paths);
	return failed ? EXIT_FAILED : EXIT_OK;
}
