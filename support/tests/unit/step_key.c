// SPDX-License-Identifier: GPL-2.0-or-later
/* Keys: what goes into one, how a change is explained, what the header is. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/digest.h"
#include "scratch.h"
#include "step/key.h"

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B64 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void makes(void **state)
{
	struct job j = { .dir = "p", .part = "sysroot" };
	struct buf key = { 0 };
	char hex[DIGESTHEX];
	char *why, *want;

	(void)state;
	put("p/build.sh", "#!/bin/sh\nmake\n");
	assert_int_equal(keymake(&j, "build", NULL, &key, &why), 0);
	assert_null(why);
	assert_string_equal(bufstr(&key), "\n#!/bin/sh\nmake\n");

	put("src/unpack.sh", "unpacked");
	put("a/digest.sysroot", A64 "\n");
	put("a/digest.target", B64 "\n");
	put("b/digest.sysroot", B64 "\n");
	j.source.dir = "src";
	pairadd(&j.deps, "a", "a");
	pairadd(&j.deps, "b", "b");
	digestbytes("unpacked", 8, hex);
	want = xasprintf("src %s\ndep a " A64 "\ndep b " B64 "\n\n#!/bin/sh\nmake\n", hex);
	bufclear(&key);
	assert_int_equal(keymake(&j, "build", NULL, &key, &why), 0);
	assert_string_equal(bufstr(&key), want);
	free(want);
	buffree(&key);
	pairsfree(&j.deps);
}

/* keymake fails with just this reason. */
static void fails(const struct job *j, const char *want)
{
	struct buf key = { 0 };
	char *why = NULL;

	assert_int_equal(keymake(j, "build", NULL, &key, &why), -1);
	assert_string_equal(why, want);
	free(why);
	buffree(&key);
}

static void errors(void **state)
{
	struct job j = { .dir = "p", .part = "images" };

	(void)state;
	fails(&j, "cannot read p/build.sh: No such file or directory");
	put("p/build.sh", "x\n");
	pairadd(&j.deps, "lib", "d");
	fails(&j, "cannot read d/digest.images: No such file or directory; 'make lib-dirclean' "
		  "and build again");
	put("d/digest.images", "");
	fails(&j, "cannot read d/digest.images: it is empty; 'make lib-dirclean' and build again");
	put("d/digest.images", A64 "\n");
	j.source.dir = "nothing";
	fails(&j, "cannot read nothing/unpack.sh: No such file or directory");
	pairsfree(&j.deps);
}

static void done(void **state)
{
	struct job j = { .dir = "p" };
	struct buf key = { 0 };

	(void)state;
	bufputs(&key, "what stood there before");
	keydone(&j, "build", &key);
	assert_int_equal(key.len, 0);
	put("p/done/build", "the key");
	keydone(&j, "build", &key);
	assert_string_equal(bufstr(&key), "the key");
	keydone(&j, "install", &key);
	assert_int_equal(key.len, 0);
	buffree(&key);
}

/* What a survey knows takes the place of what lies on disk. */
static void views(void **state)
{
	struct job j = { .dir = "p", .part = "sysroot", .source = { .dir = "src" } };
	struct keyview view = { 0 };
	struct pairs scripts = { 0 };
	struct buf key = { 0 };
	char hex[DIGESTHEX];
	char *why, *want;

	(void)state;
	put("src/unpack.sh", "old\n");
	put("p/build.sh", "old\n");
	pairadd(&scripts, "p/build.sh", "new\n");
	pairadd(&scripts, "src/unpack.sh", "newer\n");
	pairadd(&j.deps, "a", "nowhere");
	pairadd(&view.digests, "a:sysroot", KEYUNKNOWN);
	view.scripts = &scripts;
	digestbytes("newer\n", 6, hex);
	want = xasprintf("src %s\ndep a ?\n\nnew\n", hex);
	assert_int_equal(keymake(&j, "build", &view, &key, &why), 0);
	assert_string_equal(bufstr(&key), want);
	free(want);
	buffree(&key);
	pairsfree(&j.deps);
	pairsfree(&scripts);
	pairsfree(&view.digests);
}

static int samehead(const char *want, const char *done_)
{
	struct buf w = { 0 }, d = { 0 };
	int ret;

	bufputs(&w, want);
	if (*done_)
		bufputs(&d, done_);
	ret = keysamehead(&w, &d);
	buffree(&w);
	buffree(&d);
	return ret;
}

static void headers(void **state)
{
	(void)state;
	assert_true(samehead("\nhead\n\nbody\n", "\nhead\n\nother\n"));
	assert_true(samehead("src 1\ndep a 1\n\nhead\n\nbody\n", "src 1\ndep a 1\n\nhead\n\n"));
	assert_true(samehead("src 1\n\nhead\n\nb\n\nc\n", "src 1\n\nhead\n\nb\n\nd\n"));
	assert_false(samehead("\nhead\n\nbody\n", "\nhead 2\n\nbody\n"));
	assert_false(samehead("\nhead\n\nbody\n", "\nhead\nmore\n\nbody\n"));
	assert_false(samehead("src 1\n\nhead\n\nbody\n", "src 2\n\nhead\n\nbody\n"));
	assert_false(samehead("dep a 1\n\nhead\n\nbody\n", "dep a 2\n\nhead\n\nbody\n"));
	assert_false(samehead("dep a 1\n\nhead\n\nbody\n", "\nhead\n\nbody\n"));
	assert_false(samehead("\nhead\n\nbody\n", ""));
	/* no empty line: all is header */
	assert_true(samehead("\nhead\n", "\nhead\n"));
	assert_false(samehead("\nhead\nx\n", "\nhead\ny\n"));
	/* damaged */
	assert_false(samehead("\nhead\n\nbody\n", "\n"));
	assert_false(samehead("\nhead\n\nbody\n", "x"));
	assert_false(samehead("\nhead\n\nbody\n", "\n\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(makes, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(errors, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(done, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(views, scratchmake, scratchremove),
		cmocka_unit_test(headers),
	};

	return cmocka_run_group_tests_name("step_key", tests, NULL, NULL);
}
