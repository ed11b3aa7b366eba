// SPDX-License-Identifier: GPL-2.0-or-later
/* Places: which paths are a package's own, which are the machine's, and what they are called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "wcc/prefixmap.h"

static void environment(const char *src, const char *build, const char *sysroot)
{
	static const char *const vars[] = { "SRC", "BUILD", "FILES", "IMAGE", "SYSROOT", "HOST" };

	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]); i++)
		unsetenv(vars[i]);
	if (src)
		setenv("SRC", src, 1);
	if (build)
		setenv("BUILD", build, 1);
	if (sysroot)
		setenv("SYSROOT", sysroot, 1);
}

static void is(char *got, const char *want)
{
	assert_string_equal(got, want);
	free(got);
}

static void cleans(void **state)
{
	(void)state;
	is(placeclean("/a/b"), "/a/b");
	is(placeclean("//a//b/"), "/a/b");
	is(placeclean("/a/./b/."), "/a/b");
	is(placeclean("/a/../b"), "/b");
	is(placeclean("/a/b/../../.."), "/");
	is(placeclean("/"), "/");
	is(placeclean(""), "/");
	is(placeclean("/..a/.b/c.."), "/..a/.b/c..");
}

static void reads(void **state)
{
	struct places p = { 0 };

	(void)state;
	environment("/home/u/w/src/./x", "/home/u/w/", NULL);
	assert_null(placesread(&p, NULL));
	assert_int_equal(p.len, 2);
	assert_string_equal(p.item[0].from, "/home/u/w");
	assert_string_equal(p.item[0].to, "/build");
	assert_string_equal(p.item[1].from, "/home/u/w/src/x");
	assert_string_equal(p.item[1].to, "/src");
	placesfree(&p);

	environment("/a/src", "build", NULL);
	assert_string_equal(placesread(&p, NULL), "BUILD");
	placesfree(&p);

	environment("", NULL, NULL);
	assert_null(placesread(&p, NULL));
	assert_int_equal(p.len, 0);
}

static void names(void **state)
{
	struct places p = { 0 };

	(void)state;
	environment("/w/src", "/w/src/build", "/w/sys");
	assert_null(placesread(&p, "zlib"));
	is(placesname(&p, "/", "/w/src/a.c"), "/src/zlib/a.c");
	is(placesname(&p, "/", "/w/src/build/a.o"), "/build/zlib/a.o");
	is(placesname(&p, "/w/src/build/sub", "../a.o"), "/build/zlib/a.o");
	is(placesname(&p, "/", "/w/sys/usr"), "/sysroot/usr");
	is(placesname(&p, "/", "/w/srcs/a.c"), "/w/srcs/a.c");
	is(placesname(&p, "/tmp", "a.c"), "/tmp/a.c");
	placesfree(&p);
}

/* One directory twice: it is called by the later name, that of the sources. */
static void same(void **state)
{
	struct places p = { 0 };

	(void)state;
	environment("/w/x", "/w/x", NULL);
	assert_null(placesread(&p, NULL));
	is(placesname(&p, "/", "/w/x/a.c"), "/src/a.c");
	placesfree(&p);
}

static void flags(void **state)
{
	static const char *const want[] = {
		"-fdebug-prefix-map=/w/src=/src",
		"-fmacro-prefix-map=/w/src=/src",
		"-fdebug-prefix-map=/w/src/build=/build",
		"-fmacro-prefix-map=/w/src/build=/build",
	};
	struct places p = { 0 };
	struct strlist args = { 0 };

	(void)state;
	environment("/w/src", "/w/src/build", NULL);
	assert_null(placesread(&p, NULL));
	placesflags(&p, &args);
	assert_int_equal(args.len, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(args.item[i], want[i]);
	listfree(&args);
	placesfree(&p);
}

static void links(void **state)
{
	char dir[] = "/tmp/wcc_place.XXXXXX";
	char *real, *link;
	struct places p = { 0 };

	(void)state;
	assert_non_null(mkdtemp(dir));
	real = realpath(dir, NULL);
	link = xasprintf("%s/link", real);
	assert_int_equal(symlink(real, link), 0);
	environment(link, NULL, NULL);
	assert_null(placesread(&p, NULL));
	assert_int_equal(p.len, 2);
	is(placesname(&p, "/", link), "/src");
	is(placesname(&p, real, "a.c"), "/src/a.c");
	placesfree(&p);
	unlink(link);
	rmdir(real);
	free(link);
	free(real);
}

static void foreign(void **state)
{
	static const char *const yes[] = {
		"/",
		"/usr/include",
		"/usr/local/lib",
		"/lib/x86_64-linux-gnu",
		"/lib64",
		"/opt/x",
		"/home/u",
		"/root/.local",
		"/home/u/wx",
		"/home/u/w/..",
		"/usr/lib/gcc/x/12/../..",
		"//usr//lib",
		"/usr/src/pk",
		"/usr",
	};
	static const char *const no[] = {
		"",
		"include",
		"../../usr/include",
		"/tmp/x",
		"/dev/null",
		"/libs",
		"/home/u/w",
		"/home/u/w/include",
		"/home/u/w/a/../b",
		"/usr/src/pkg/include",
		"/usr/lib/gcc/x86_64-linux-gnu/12/libgcc.a",
		"/usr/lib/gcc-cross/aarch64-linux-gnu/12/include",
	};
	struct places p = { 0 };

	(void)state;
	environment("/usr/src/pkg", "/home/u/w", NULL);
	assert_null(placesread(&p, NULL));
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (!placesforeign(&p, yes[i]))
			fail_msg("%s is not foreign", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (placesforeign(&p, no[i]))
			fail_msg("%s is foreign", no[i]);
	placesfree(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cleans),  cmocka_unit_test(reads), cmocka_unit_test(names),
		cmocka_unit_test(same),	   cmocka_unit_test(flags), cmocka_unit_test(links),
		cmocka_unit_test(foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
