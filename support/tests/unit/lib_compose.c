// SPDX-License-Identifier: GPL-2.0-or-later
/* One directory made of several: what is copied, what may coincide, what is a conflict. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fs/compose.h"
#include "scratch.h"

static const struct part two[] = { { "first", "a" }, { "second", "b" } };

static int setup(void **state)
{
	if (scratchmake(state) < 0 || mkdirs("a") < 0)
		return -1;
	return mkdirs("b");
}

static void composes(size_t n)
{
	char *why = "unset";

	if (compose("out", two, n, &why) < 0)
		fail_msg("%s", why);
	assert_null(why);
}

static void refuses(const char *want)
{
	char *why = NULL;

	assert_int_equal(compose("out", two, 2, &why), -1);
	assert_non_null(why);
	assert_string_equal(why, want);
	free(why);
}

static void copies(void **state)
{
	struct timespec old[2] = { { .tv_sec = 5 }, { .tv_sec = 1234567, .tv_nsec = 89 } };
	char target[16] = "";
	struct stat st;

	(void)state;
	putas("a/usr/bin/tool", "tool", 04751);
	assert_int_equal(utimensat(AT_FDCWD, "a/usr/bin/tool", old, 0), 0);
	assert_int_equal(symlink("no/where", "a/usr/link"), 0);
	assert_int_equal(mkdirs("a/empty"), 0);
	assert_int_equal(chmod("a/empty", 01777), 0);
	putas("b/usr/lib/.hidden", "", 0444);
	put("out/left", "from before");
	composes(2);
	holds("out/usr/bin/tool", "tool");
	assert_int_equal(stat("out/usr/bin/tool", &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 04751);
	assert_int_equal(st.st_mtim.tv_sec, 1234567);
	assert_int_equal(st.st_mtim.tv_nsec, 89);
	assert_int_equal(readlink("out/usr/link", target, sizeof(target)), 8);
	assert_string_equal(target, "no/where");
	assert_int_equal(stat("out/empty", &st), 0);
	assert_int_equal(st.st_mode, S_IFDIR | 01777);
	assert_int_equal(stat("out/usr/lib/.hidden", &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0444);
	assert_int_equal(st.st_size, 0);
	assert_int_equal(access("out/left", F_OK), -1);
	/* a copy, not the same file: what a build does to it stays there */
	put("out/usr/bin/tool", "spoilt");
	holds("a/usr/bin/tool", "tool");
}

static void nothing(void **state)
{
	struct strlist names = { 0 };

	(void)state;
	put("out/left", "from before");
	composes(0);
	assert_int_equal(dirlist("out", &names), 0);
	assert_int_equal(names.len, 0);
	assert_int_equal(treeremove("a"), 0);
	put("b/f", "b");
	composes(2);
	holds("out/f", "b");
}

/* What is the same in both may come from both. */
static void coincides(void **state)
{
	(void)state;
	put("a/d/f", "same");
	put("b/d/f", "same");
	put("b/d/g", "");
	assert_int_equal(symlink("f", "a/d/l"), 0);
	assert_int_equal(symlink("f", "b/d/l"), 0);
	composes(2);
	holds("out/d/l", "same");
	holds("out/d/g", "");
}

static void conflicts(void **state)
{
	(void)state;
	put("a/d/f", "one");
	put("b/d/f", "two");
	refuses("first and second both bring d/f, and they differ");
	putas("b/d/f", "one", 0755);
	refuses("first and second both bring d/f, and they differ");
	put("b/d/f", "onex");
	refuses("first and second both bring d/f, and they differ");
	assert_int_equal(treeremove("b/d/f"), 0);
	assert_int_equal(symlink("x", "b/d/f"), 0);
	refuses("first and second both bring d/f, and they differ");
	assert_int_equal(treeremove("a/d/f"), 0);
	assert_int_equal(symlink("y", "a/d/f"), 0);
	refuses("first and second both bring d/f, and they differ");
	assert_int_equal(treeremove("b/d/f"), 0);
	composes(2);
	assert_int_equal(chmod("b/d", 0700), 0);
	refuses("first and second both bring d, and they differ");
	assert_int_equal(treeremove("b/d"), 0);
	assert_int_equal(symlink("e", "b/d"), 0);
	refuses("first and second both bring d, and they differ");
}

/* The one who brought it is named, not who merely came before. */
static void names(void **state)
{
	const struct part three[] = { { "first", "a" }, { "second", "b" }, { "third", "c" } };
	char *why = NULL;

	(void)state;
	put("a/other", "");
	put("b/f", "b");
	put("c/f", "c");
	assert_int_equal(compose("out", three, 3, &why), -1);
	assert_string_equal(why, "second and third both bring f, and they differ");
	free(why);
}

static void strange(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("b/pipe", 0600), 0);
	refuses("b/pipe is not a file, directory or symbolic link");
	assert_int_equal(unlink("b/pipe"), 0);
	assert_int_equal(rmdir("b"), 0);
	put("b", "a file");
	refuses("cannot read b: Not a directory");
	put("plain", "");

	char *why = NULL;

	assert_int_equal(compose("plain/out", two, 2, &why), -1);
	assert_string_equal(why, "cannot recreate plain/out: Not a directory");
	free(why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(copies, setup, scratchremove),
		cmocka_unit_test_setup_teardown(nothing, setup, scratchremove),
		cmocka_unit_test_setup_teardown(coincides, setup, scratchremove),
		cmocka_unit_test_setup_teardown(conflicts, setup, scratchremove),
		cmocka_unit_test_setup_teardown(names, setup, scratchremove),
		cmocka_unit_test_setup_teardown(strange, setup, scratchremove),
	};

	return cmocka_run_group_tests_name("lib_compose", tests, NULL, NULL);
}
