// SPDX-License-Identifier: GPL-2.0-or-later
/* What logs say is missing, and which files of packages that is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "fs/file.h"
#include "step/missing.h"

static const char *const kinds[] = {
	[HEADER] = "header",	    [LIBRARY] = "library",   [PROGRAM] = "program",
	[PKGCONFIG] = "pkg-config", [ANYTHING] = "anything", [PLACED] = "placed"
};

/* The log tells of just want: "KIND NAME", separated by ", ". */
static void tells(const char *log, const char *want)
{
	struct missings m = { 0 };
	struct buf got = { 0 };

	missingfind(log, strlen(log), "/nowhere/p", &m);
	for (size_t i = 0; i < m.len; i++)
		bufprintf(&got, "%s%s %s", i ? ", " : "", kinds[m.item[i].kind], m.item[i].name);
	assert_string_equal(bufstr(&got), want);
	buffree(&got);
	missingfree(&m);
}

static void compilers(void **state)
{
	(void)state;
	tells("a.c:1:10: fatal error: zlib.h: No such file or directory\n", "header zlib.h");
	tells("a.c:1:10: fatal error: openssl/ssl.h: No such file or directory\n"
	      "    1 | #include <openssl/ssl.h>\n",
	      "header openssl/ssl.h");
	tells("a.c:1:10: fatal error: 'zlib.h' file not found", "header zlib.h");
	tells("a.c:1:10: fatal error: too many errors", "");
	tells("cc1: fatal error: a file.c: No such file or directory", "");
	tells("a.c:3: error: zlib.h is not what it was\n", "");
}

static void linkers(void **state)
{
	(void)state;
	tells("/usr/bin/ld: cannot find -lz: No such file or directory", "library z");
	tells("/usr/bin/ld: cannot find -lz\n/usr/bin/ld: cannot find -lstdc++\n",
	      "library z, library stdc++");
	tells("/usr/bin/ld.gold: error: cannot find -lssl\n", "library ssl");
	tells("ld.lld: error: unable to find library -lz\n", "library z");
	tells("mold: fatal: library not found: z\n", "library z");
}

static void programs(void **state)
{
	(void)state;
	tells("/o/build/p/build.sh: 14: flex: not found\n", "program flex");
	tells("sh: flex: not found\n", "program flex");
	tells("flex: not found\n", "program flex");
	tells("bash: line 1: gen-tool: command not found\n", "program gen-tool");
	tells("make: flex: No such file or directory\nmake[2]: bison: No such file or directory\n",
	      "program flex, program bison");
	tells("/usr/bin/env: 'python3': No such file or directory\n", "program python3");
	tells("meson.build:3:0: ERROR: Program 'glib-mkenums' not found or not executable\n",
	      "program glib-mkenums");
	tells("sh: 1: /o/host/usr/bin/flex: not found\n", "program flex");
	tells("sh: 1: ./configure: not found\n", "");
	tells(": not found\n", "");
}

static void questions(void **state)
{
	(void)state;
	tells("No package 'zlib' found\n", "pkg-config zlib");
	tells("Package libxml-2.0 was not found in the pkg-config search path.\n",
	      "pkg-config libxml-2.0");
	tells("Package 'libffi', required by 'gobject-2.0', not found\n", "pkg-config libffi");
	tells("ERROR: Dependency \"zlib\" not found, tried pkgconfig and cmake\n",
	      "pkg-config zlib");
	tells("-- Could NOT find ZLIB (missing: ZLIB_LIBRARY)\n", "anything ZLIB");
	tells("Could not find ncurses. Is it installed?\n", "anything ncurses");
	tells("Could not find a package configuration file\n", "");
}

static void refusals(void **state)
{
	static const char *const end = ": belongs to the machine that builds, not to the target; "
				       "fix the package";
	static const char *const cases[][2] = {
		{ "-I/usr/include/libxml2", "header libxml2" },
		{ "-isystem /usr/include/libpng16/x", "header libpng16/x" },
		{ "/usr/lib/x86_64-linux-gnu/libz.so.1", "library z" },
		{ "/usr/lib/libz.a", "library z" },
		{ "-I/usr/include", "" },
		{ "-L/usr/lib", "" },
		{ "-L/usr/lib/libreoffice", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *line = xasprintf("wcc: %s%s", cases[i][0], end);

		tells(line, cases[i][1]);
		free(line);
	}
	tells(": belongs to the machine that builds, wcc: /usr/lib/libz.a\n", "");
}

static void places(void **state)
{
	(void)state;
	tells("cat: /nowhere/p/sysroot/usr/include/zlib.h: No such file\n",
	      "placed sysroot/usr/include/zlib.h");
	tells("gcc -I/nowhere/p/sysroot/usr/include/ -L'/nowhere/p/host/lib'\n",
	      "placed sysroot/usr/include, placed host/lib");
	tells("/nowhere/p/build/x /nowhere/q/sysroot/x\n", "");
}

static void each_once(void **state)
{
	struct missings m = { 0 };

	(void)state;
	tells("", "");
	tells("\n\n", "");
	tells("sh: a: not found\ncannot find -la\nsh: b: not found\nsh: a: not found",
	      "program a, library a, program b");
	missingfind("\0 x: not found\nsh: y: not found", 32, "/nowhere", &m);
	assert_int_equal(m.len, 1);
	assert_string_equal(m.item[0].name, "y");
	missingfree(&m);
}

static int is(enum missingkind kind, const char *name, const char *path)
{
	struct missing m = { kind, (char *)name };

	return missingis(&m, path);
}

static void files(void **state)
{
	(void)state;
	assert_true(is(HEADER, "zlib.h", "sysroot/usr/include/zlib.h"));
	assert_true(is(HEADER, "libxml2", "sysroot/usr/include/libxml2"));
	assert_false(is(HEADER, "zlib.h", "sysroot/usr/include/linux/zlib.h"));
	assert_false(is(HEADER, "zlib.h", "sysroot/usr/include/xzlib.h"));
	assert_false(is(HEADER, "zlib.h", "target/usr/include/zlib.h"));
	assert_true(is(LIBRARY, "z", "sysroot/usr/lib/libz.a"));
	assert_true(is(LIBRARY, "z", "sysroot/lib/libz.so"));
	assert_false(is(LIBRARY, "z", "sysroot/usr/lib/libxz.a"));
	assert_true(is(PROGRAM, "flex", "host/usr/bin/flex"));
	assert_true(is(PROGRAM, "depmod", "host/usr/sbin/depmod"));
	assert_false(is(PROGRAM, "flex", "sysroot/usr/bin/flex"));
	assert_true(is(PKGCONFIG, "zlib", "sysroot/usr/share/pkgconfig/zlib.pc"));
	assert_false(is(PKGCONFIG, "zlib", "sysroot/usr/share/zlib.pc"));
	assert_true(is(ANYTHING, "ZLIB", "sysroot/usr/include/zlib.h"));
	assert_true(is(ANYTHING, "libpng", "sysroot/usr/lib/libpng.a"));
	assert_true(is(ANYTHING, "Flex", "host/usr/bin/flex"));
	assert_false(is(ANYTHING, "Flex", "sysroot/usr/bin/flex"));
	assert_true(is(PLACED, "sysroot/x/y", "sysroot/x/y"));
	assert_false(is(PLACED, "sysroot/x", "sysroot/x/y"));
}

static void called(enum missingkind kind, const char *name, const char *want)
{
	struct missing m = { kind, (char *)name };
	char *got = missingcall(&m);

	assert_string_equal(got, want);
	free(got);
}

static void names(void **state)
{
	(void)state;
	called(HEADER, "zlib.h", "zlib.h");
	called(LIBRARY, "z", "libz");
	called(PROGRAM, "flex", "flex");
	called(PKGCONFIG, "zlib", "zlib.pc");
	called(ANYTHING, "ZLIB", "ZLIB");
	called(PLACED, "host/usr/bin/flex", "usr/bin/flex");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compilers), cmocka_unit_test(linkers),	 cmocka_unit_test(programs),
		cmocka_unit_test(questions), cmocka_unit_test(refusals), cmocka_unit_test(places),
		cmocka_unit_test(each_once), cmocka_unit_test(files),	 cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
