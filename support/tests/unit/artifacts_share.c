// SPDX-License-Identifier: GPL-2.0-or-later
/* Several processes use one store at once: each gets what was stored, whole, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/digest.h"
#include "scratch.h"
#include "store/artifact.h"
#include "store/artlist.h"

enum {
	KEYS = 4,
	WORKERS = 5,
	ROUNDS = 60,
	SIZE = 100000, /* bytes of the file in a tree, so that writing takes a while */
};

/* The content of the file in the tree of key number n. */
static void content(int n, struct buf *text)
{
	unsigned x = (unsigned)n + 1;

	while (text->len < SIZE) {
		x = x * 1664525 + 1013904223;
		bufputc(text, (char)(x >> 24));
	}
}

static int bad(const char *what, const char *note)
{
	printf("# %s: %s\n", what, note ? note : "no note");
	fflush(stdout);
	return 1;
}

/* Store or load key number n; nonzero if what happens is not what may happen. */
static int attempt(const struct artifacts *a, int worker, int n, int load)
{
	struct buf want = { 0 }, got = { 0 };
	char letter = (char)('a' + n), hex[DIGESTHEX];
	char *dir = load ? xasprintf("to%d", worker) : xasprintf("from%d", n);
	char *path = xasprintf("%s/file", dir);
	char *note;
	int ret, err = 0;

	digestbytes(&letter, 1, hex);
	content(n, &want);
	if (!load) {
		if (artifactstore(a, hex, dir, NULL, &note) != 0 || note)
			err = bad("store", note);
	} else {
		ret = artifactload(a, hex, dir, NULL, &note);
		if (ret < 0 || note)
			err = bad("load", note);
		if (ret == 1 && (fileread(path, &got) < 0 || got.len != want.len ||
				 memcmp(got.data, want.data, want.len) != 0))
			err = bad("load", "the tree is another one");
		treeremove(dir);
	}
	free(note);
	free(path);
	free(dir);
	buffree(&want);
	buffree(&got);
	return err;
}

static int work(int worker)
{
	struct artifacts a = { .dir = "store" };
	unsigned x = (unsigned)worker;
	int err = 0;

	/* Some stores make room: for two of the four keys. */
	if (worker % 2)
		a.limit = 2 * SIZE + SIZE / 2;
	for (int i = 0; i < ROUNDS && !err; i++) {
		x = x * 1664525 + 1013904223;
		err = attempt(&a, worker, (int)(x >> 16) % KEYS, (x >> 28) % 4 != 0);
	}
	return err;
}

static int collect(void)
{
	struct artifactgc gc = { 0 };

	for (int i = 0; i < ROUNDS; i++) {
		if (artifactgc("store", i % 3 ? 0 : SIZE, ARTGC_VERIFY, &gc) < 0)
			return bad("gc", "failed");
	}
	return gc.damaged ? bad("gc", "an entry was damaged") : 0;
}

static void share(void **state)
{
	struct strlist subs = { 0 };
	int status, failed = 0;

	(void)state;
	for (int n = 0; n < KEYS; n++) {
		struct buf text = { 0 };
		char *path = xasprintf("from%d/file", n);

		content(n, &text);
		assert_int_equal(mkparents(path), 0);
		assert_int_equal(filewrite(path, text.data, text.len, 0644), 0);
		buffree(&text);
		free(path);
	}
	assert_int_equal(fflush(stdout), 0);
	for (int i = 0; i <= WORKERS; i++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0)
			_exit(i == WORKERS ? collect() : work(i));
	}
	for (int i = 0; i <= WORKERS; i++) {
		assert_true(wait(&status) > 0);
		failed += status != 0;
	}
	assert_int_equal(failed, 0);

	/* No temporary file is left. */
	assert_int_equal(dirlist("store", &subs), 0);
	for (size_t i = 0; i < subs.len; i++) {
		struct strlist names = { 0 };
		char *sub = pathjoin("store", subs.item[i]);

		assert_int_equal(dirlist(sub, &names), 0);
		for (size_t k = 0; k < names.len; k++)
			assert_int_equal(strlen(names.item[k]), 64 + strlen(".art"));
		listfree(&names);
		free(sub);
	}
	listfree(&subs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(share, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
