// SPDX-License-Identifier: GPL-2.0-or-later
/* Questions to the compiler: which are ours to answer, and how. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fs/file.h"
#include "fs/remove.h"
#include "wcc/query.h"

static void answers(const char *question, const char *gccsays, const char *want)
{
	struct settings s = { .sysroot = "/nonexistent" };
	struct buf out = { 0 };

	queryanswer(question, gccsays, &s, &out);
	assert_string_equal(bufstr(&out), want);
	buffree(&out);
}

static const char *found(const char *a, const char *b)
{
	struct strlist args = { 0 };
	const char *q, *which = NULL;

	listadd(&args, a);
	listadd(&args, b);
	q = queryfind(&args);
	if (q)
		which = q == args.item[0] ? a : b;
	listfree(&args);
	return which;
}

static void finds(void **state)
{
	(void)state;
	assert_null(found("-c", "a.c"));
	assert_null(found("-print-prog-name=ld", "a.c"));
	assert_string_equal(found("-v", "-print-libgcc-file-name"), "-print-libgcc-file-name");
	assert_null(found("-print-multi-os-directory", "-dumpversion"));
	assert_string_equal(found("-m32", "-dumpmachine"), "-dumpmachine");
	assert_string_equal(found("--print-search-dirs", "-v"), "--print-search-dirs");
	assert_string_equal(found("-print-multiarch", "-v"), "-print-multiarch");
	assert_string_equal(found("x", "-print-file-name=libc.a"), "-print-file-name=libc.a");
	assert_string_equal(found("x", "--print-file-name=x"), "--print-file-name=x");
}

static void machines(void **state)
{
	(void)state;
	answers("-dumpmachine", "x86_64-linux-gnu\n", "x86_64-linux-musl\n");
	answers("-dumpmachine", "arm-linux-gnueabihf\n", "arm-linux-musleabihf\n");
	answers("-dumpmachine", "x86_64-alpine-linux-musl\n", "x86_64-alpine-linux-musl\n");
}

static void triplet(void **state)
{
	struct settings s = { .sysroot = "/nonexistent", .triplet = "i386-linux-musl" };
	struct buf out = { 0 };

	(void)state;
	queryanswer("-dumpmachine", "i686-linux-gnu\n", &s, &out);
	assert_string_equal(bufstr(&out), "i386-linux-musl\n");
	buffree(&out);
	answers("-print-libgcc-file-name", "/usr/lib/gcc/x/12/libgcc.a\n",
		"/usr/lib/gcc/x/12/libgcc.a\n");
	s.libgcc = "/usr/lib/gcc/y/12/ilp32/libgcc.a";
	queryanswer("-print-libgcc-file-name", "/usr/lib/gcc/x/12/libgcc.a\n", &s, &out);
	assert_string_equal(bufstr(&out), "/usr/lib/gcc/y/12/ilp32/libgcc.a\n");
	buffree(&out);
}

static void directories(void **state)
{
	(void)state;
	answers("-print-search-dirs",
		"install: /usr/lib/gcc/x/12/\nprograms: =/a:/b\nlibraries: =/usr/lib:/lib\n",
		"install: /usr/lib/gcc/x/12/\nprograms: =/a:/b\n"
		"libraries: =/nonexistent/usr/lib/:/nonexistent/lib/\n");
	answers("-print-multiarch", "x86_64-linux-gnu\n", "\n");
}

static void files(void **state)
{
	(void)state;
	answers("-print-file-name=libz.a", "/usr/lib/libz.a\n", "libz.a\n");
	answers("-print-file-name=libz.a", "libz.a\n", "libz.a\n");
	answers("-print-file-name=include", "/usr/lib/gcc/x/12/include\n",
		"/usr/lib/gcc/x/12/include\n");
	answers("-print-file-name=libgcc_s.so.1",
		"/usr/lib/gcc/x/12/../../../x86_64-linux-gnu/libgcc_s.so.1\n", "libgcc_s.so.1\n");
}

static void sysrootfiles(void **state)
{
	char dir[] = "/tmp/wcc_query.XXXXXX";
	struct settings s = { 0 };
	char *lib, *want;
	struct buf out = { 0 };

	(void)state;
	assert_non_null(mkdtemp(dir));
	lib = xasprintf("%s/usr/lib/libc.a", dir);
	assert_int_equal(mkparents(lib), 0);
	assert_int_equal(filewrite(lib, "", 0, 0666), 0);
	s.sysroot = dir;
	queryanswer("-print-file-name=libc.a", "/usr/lib/libc.a\n", &s, &out);
	want = xasprintf("%s\n", lib);
	assert_string_equal(bufstr(&out), want);
	buffree(&out);
	free(want);
	free(lib);
	assert_int_equal(treeremove(dir), 0);
}

static void runs(void **state)
{
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(commandread((char *[]){ "sh", "-c", "echo a; exit 3", NULL }, 1, &out), 3);
	assert_string_equal(bufstr(&out), "a\n");
	bufclear(&out);
	assert_int_equal(
		commandread((char *[]){ "sh", "-c", "echo b >&2; kill $$", NULL }, 2, &out), 1);
	assert_string_equal(bufstr(&out), "b\n");
	buffree(&out);
	assert_int_equal(commandread((char *[]){ "/nonexistent/gcc", NULL }, 1, &out), NOTFOUND);
	assert_int_equal(out.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),   cmocka_unit_test(machines),
		cmocka_unit_test(triplet), cmocka_unit_test(directories),
		cmocka_unit_test(files),   cmocka_unit_test(sysrootfiles),
		cmocka_unit_test(runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
