// SPDX-License-Identifier: GPL-2.0-or-later
/* Arguments: what is refused, what is dropped, and what is left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wcc/argcheck.h"
#include "wcc/response.h"

static struct places places;

static int setup(void **state)
{
	(void)state;
	unsetenv("FILES");
	unsetenv("IMAGE");
	unsetenv("HOST");
	setenv("SRC", "/home/u/src", 1);
	setenv("BUILD", "/home/u/build", 1);
	setenv("SYSROOT", "/home/u/sys", 1);
	return placesread(&places, NULL) ? -1 : 0;
}

static int teardown(void **state)
{
	(void)state;
	placesfree(&places);
	return 0;
}

/* Check a command line, words separated by blanks; what is left of it, or the message. */
static char *result(const char *line, struct asked *asked)
{
	struct strlist args = { 0 }, out = { 0 };
	struct buf text = { 0 };
	char *why = NULL;

	responsesplit(line, &args);
	if (argscheck(&args, &places, &out, asked, &why) == 0) {
		assert_null(why);
		for (size_t i = 0; i < out.len; i++)
			bufprintf(&text, "%s%s", i ? " " : "", out.item[i]);
	} else {
		assert_non_null(why);
		bufprintf(&text, "%s (refused)", why);
	}
	free(why);
	listfree(&args);
	listfree(&out);
	return bufsteal(&text);
}

/* The line becomes want. */
static void becomes(const char *line, const char *want)
{
	struct asked asked;
	char *got = result(line, &asked);

	assert_string_equal(got, want);
	free(got);
}

static void stays(const char *line)
{
	becomes(line, line);
}

/* The line is refused with a message that starts with what is wrong. */
static void refused(const char *line, const char *what)
{
	struct asked asked;
	char *got = result(line, &asked);

	if (!strstr(got, " (refused)") || strncmp(got, what, strlen(what)) ||
	    got[strlen(what)] != ':')
		fail_msg("%s: %s", line, got);
	free(got);
}

static void leaks(void **state)
{
	(void)state;
	refused("-c -I/usr/include a.c", "-I/usr/include");
	refused("-c -I /usr/local/include a.c", "-I /usr/local/include");
	refused("-isystem /usr/include", "-isystem /usr/include");
	refused("-isystem/usr/include", "-isystem/usr/include");
	refused("-iquote /opt/x", "-iquote /opt/x");
	refused("-idirafter /usr/include", "-idirafter /usr/include");
	refused("-include /usr/include/x.h", "-include /usr/include/x.h");
	refused("-imacros /usr/include/x.h", "-imacros /usr/include/x.h");
	refused("-L/usr/lib", "-L/usr/lib");
	refused("-L /home/u/lib", "-L /home/u/lib");
	refused("-L/home/u/build/../lib", "-L/home/u/build/../lib");
	refused("-B/usr/lib", "-B/usr/lib");
	refused("-isysroot /", "-isysroot /");
	refused("--sysroot=/", "--sysroot=/");
	refused("-specs=/usr/lib/rpm/x", "-specs=/usr/lib/rpm/x");
	refused("a.o /usr/lib/libz.a", "/usr/lib/libz.a");
	refused("a.o /lib/x86_64-linux-gnu/libz.so.1", "/lib/x86_64-linux-gnu/libz.so.1");
	refused("a.o /usr/lib/libz.so", "/usr/lib/libz.so");
	refused("/usr/lib/crt1.o", "/usr/lib/crt1.o");
	refused("-Wp,-MD,x.d,-I/usr/include", "-Wp,-I/usr/include");
}

static void linkerleaks(void **state)
{
	(void)state;
	refused("-Wl,-L/usr/lib", "-Wl,-L/usr/lib");
	refused("-Wl,-O1,-L,/usr/lib", "-Wl,-L,/usr/lib");
	refused("-Wl,-L -Wl,/usr/lib", "-Wl,-L,/usr/lib");
	refused("-Xlinker -L -Xlinker /usr/lib", "-Wl,-L,/usr/lib");
	refused("-Wl,--library-path=/usr/lib", "-Wl,--library-path=/usr/lib");
	refused("-Wl,-rpath-link,/usr/lib", "-Wl,-rpath-link,/usr/lib");
	refused("-Wl,--whole-archive,/usr/lib/libx.a", "-Wl,/usr/lib/libx.a");
}

static void allowed(void **state)
{
	(void)state;
	stays("-c -I. -I/home/u/src/include -isystem /home/u/sys/usr/include -o a.o a.c");
	stays("-I=/usr/include -L=/usr/lib -Wl,-L=/usr/lib");
	stays("-I /tmp/x -L/tmp/x /tmp/x.o");
	stays("/usr/share/x/probe.c");
	stays("-L/usr/lib/gcc/x86_64-linux-gnu/12 /usr/lib/gcc/x86_64-linux-gnu/12/libgcc.a");
	stays("-D /usr/lib/x.a -MF /usr/lib/x.o -o /usr/lib/x.a -T /usr/lib/x.o a.c");
	stays("--sysroot=/home/u/sys -specs=x.specs");
	stays("-Wl,-soname,/lib/libx.so.1,-dynamic-linker,/lib/ld-musl-x86_64.so.1");
	stays("-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1 -Wl,-h,/usr/lib/libx.so");
	stays("-Wl,-Map,/home/u/build/x.map -Wl,,--gc-sections, -Wl,-z,now");
	stays("-Wl,-L/home/u/sys/usr/lib -Wl,-rpath-link,/home/u/build/lib");
	stays("-xc - -x assembler -x none -");
}

static void runpaths(void **state)
{
	(void)state;
	stays("-Wl,-rpath,/usr/lib/x -Wl,-rpath=$ORIGIN/../lib -Wl,-R/usr/lib");
	becomes("-Wl,-rpath,/home/u/build/lib a.o", "a.o");
	becomes("-Wl,-O1,-rpath,/home/u/build/lib,-z,now", "-Wl,-O1,-z,now");
	becomes("-Wl,-rpath=/home/u/build/lib:/usr/lib/x", "-Wl,-rpath=/usr/lib/x");
	becomes("-Wl,-rpath,/a:/home/u/sys/lib:/b:", "-Wl,-rpath,/a:/b");
	becomes("-Wl,-rpath -Wl,/home/u/build/.libs a.o", "a.o");
	becomes("-Wl,-rpath -Wl,/usr/lib/x a.o", "-Wl,-rpath,/usr/lib/x a.o");
	becomes("-Xlinker --rpath -Xlinker /home/u/build a.o", "a.o");
	becomes("-Xlinker -rpath -Xlinker /x -Xlinker -s",
		"-Xlinker -rpath -Xlinker /x -Xlinker -s");
	becomes("-Wl,-R,/home/u/src -Wl,-R/home/u/src a.o", "a.o");
}

static void languages(void **state)
{
	(void)state;
	refused("-c a.cc", "a.cc");
	refused("-c dir.c/a.cpp", "dir.c/a.cpp");
	refused("-c a.C", "a.C");
	refused("-x c++ -", "-x c++");
	refused("-xc++-header a.h", "-x c++");
	stays("-o a.cc -MF b.cpp a.c");
}

static void asks(void **state)
{
	struct asked a;

	(void)state;
	free(result("-c -o x.o a.c b.c", &a));
	assert_false(a.lgcc || a.lto || a.seed);
	assert_non_null(a.output);
	assert_non_null(a.input);
	free(result("-shared -nostdlib -lgcc -flto=2 -frandom-seed=1", &a));
	assert_true(a.lgcc && a.lto && a.seed);
	assert_null(a.output);
	assert_null(a.input);
	free(result("-lgcc_eh -flto", &a));
	assert_true(a.lgcc && a.lto);
}

/* An option whose value is missing is gcc's to complain about. */
static void unfinished(void **state)
{
	(void)state;
	stays("-o");
	stays("-I");
	stays("-x");
	stays("-isystem");
	becomes("-Xlinker", "");
	becomes("-Wl,-rpath", "");
	stays("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaks),      cmocka_unit_test(linkerleaks),
		cmocka_unit_test(allowed),    cmocka_unit_test(runpaths),
		cmocka_unit_test(languages),  cmocka_unit_test(asks),
		cmocka_unit_test(unfinished),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
