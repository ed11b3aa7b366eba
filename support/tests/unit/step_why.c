// SPDX-License-Identifier: GPL-2.0-or-later
/* Reasons: what is said of each kind of difference between two keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"
#include "step/why.h"

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B64 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

/* The reasons, joined by "; ". */
static void because(const struct job *j, const char *done_, const char *want_, const char *words)
{
	struct buf d = { 0 }, w = { 0 }, all = { 0 };
	struct strlist why = { 0 };

	bufputs(&d, done_);
	bufputs(&w, want_);
	whychanged(j, &w, &d, &why);
	for (size_t i = 0; i < why.len; i++)
		bufprintf(&all, "%s%s", i ? "; " : "", why.item[i]);
	assert_string_equal(bufstr(&all), words);
	listfree(&why);
	buffree(&d);
	buffree(&w);
	buffree(&all);
}

static void header(void **state)
{
	struct job j = { .dir = "p" };

	(void)state;
	because(&j, "\nx\n", "\nx\n", "");
	because(&j, "", "\nx\n", "it was not done before");
	because(&j, "src 1\n\nx\n", "src 2\n\nx\n", "the sources changed");
	because(&j, "dep zlib 1\n\nx\n", "dep zlib 2\n\ny\n", "zlib changed; 'y' was 'x' before");
	because(&j, "\nx\n", "dep zlib 2\n\nx\n", "zlib is used now");
	because(&j, "dep zlib 1\n\nx\n", "\nx\n", "zlib is not used any more");
	because(&j, "dep lib 1\ndep libb 1\n\nx\n", "dep lib 1\ndep libb 2\n\nx\n", "libb changed");
}

static void lines(void **state)
{
	struct job j = { .dir = "p" };

	(void)state;
	because(&j, "\na\nb\n", "\na\nc\n", "'c' was 'b' before");
	because(&j, "\na\nb\n", "\na\n", "'b' is not there any more");
	because(&j, "\na\nb\n", "\na\nnew\nb\n", "'new' was not there before");
	because(&j, "\na\nb\n", "\nb\na\n", "the order of the script's lines changed");
	because(&j, "\na\n\nb\n", "\na\n\nc\n", "'c' was 'b' before");
	because(&j, "\nexport A=1\nb\nc\n", "\nb\nc\nexport A=2\n",
		"'export A=2' was 'export A=1' before");
	because(&j, "\na\n", "\na", "the order of the script's lines changed");
}

/* What the script of the root filesystem is made of. */
static void parts(void **state)
{
	struct job j = { .dir = "p" };

	(void)state;
	because(&j, "\nname='a b'\nx\n", "\nx\n name='c'\n", "name='c' was 'a b' before");
	because(&j, "\nx\n", "\nx\nname='c'\n", "'name='c'' was not there before");
	because(&j, "\nset -- \"$@\" --layer a=/a\nx\n",
		"\nset -- \"$@\" --layer a=/a\n set -- \"$@\" --overlay b=\"/b\"\nx\n",
		"b is used now");
	because(&j, "\nset -- \"$@\" --layer a=/a\nset -- \"$@\" --overlay b=/b\n",
		"\nset -- \"$@\" --layer a=/a\n", "b is not used any more");
	because(&j, "\nset -- \"$@\" --layer a=/a\n", "\nset -- \"$@\" --layer a=/b\n",
		"'set -- \"$@\" --layer a=/b' was 'set -- \"$@\" --layer a=/a' before");
	/* once is enough */
	because(&j, "\nx\n",
		"dep a 1\n\nx\n# b " B64
		"\nset -- \"$@\" --layer a=/a\nset -- \"$@\" --overlay b=/b\n",
		"a is used now; b is used now");
}

static void options(void **state)
{
	struct job j = { .dir = "p" };

	(void)state;
	because(&j, "\n# CONFIG_X is not set\n", "\nCONFIG_X=y\n", "CONFIG_X=y was not set before");
	because(&j, "\na\n", "\na\nCONFIG_X=y\n", "CONFIG_X=y was not set before");
	because(&j, "\nCONFIG_X=m\n", "\nCONFIG_X=y\n", "CONFIG_X=y was CONFIG_X=m before");
	because(&j, "\nCONFIG_X=y\n", "\n# CONFIG_X is not set\n",
		"'# CONFIG_X is not set' was 'CONFIG_X=y' before");
	because(&j, "\nCONFIG_XY=y\nz\n", "\nCONFIG_X=y\nz\n",
		"CONFIG_X=y was not set before; 'CONFIG_XY=y' is not there any more");
}

static void titles(void **state)
{
	struct job j = { .dir = "p" };

	(void)state;
	because(&j, "\n# p 1.0: build. Whittle wrote this from p.mk; change it there.\n",
		"\n# p 1.1: build. Whittle wrote this from p.mk; change it there.\n",
		"it is p 1.1 now and was p 1.0");
}

static void files(void **state)
{
	struct job j = { .dir = "p", .src = "/home/me/p" };

	(void)state;
	because(&j, "\n# gcc " A64 "\n", "\n# gcc " B64 "\n", "gcc changed");
	because(&j, "\n# sources " A64 "\n", "\n# sources " B64 "\n", "/home/me/p was edited");
	pairadd(&j.files, "1-a.config", "board/a.config");
	because(&j, "\n# 1-a.config " A64 "\n", "\n# 1-a.config " B64 "\n",
		"board/a.config changed");
	because(&j, "\nx\n", "\nx\n# 1-a.config " B64 "\n", "board/a.config is used now");
	because(&j, "\nx\n# other " B64 "\n", "\nx\n", "other is not used any more");
	assert_int_equal(mkdirs("p/files"), 0);
	assert_int_equal(mkdirs("board"), 0);
	assert_int_equal(filewrite("p/files/1-a.config", "CONFIG_A=y\n", 11, 0666), 0);
	assert_int_equal(filewrite("board/a.config", "CONFIG_A=y\nCONFIG_B=m\n", 22, 0666), 0);
	because(&j, "\n# 1-a.config " A64 "\n", "\n# 1-a.config " B64 "\n",
		"board/a.config: CONFIG_B=m was not set before");
	pairsfree(&j.files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header),
		cmocka_unit_test(lines),
		cmocka_unit_test(parts),
		cmocka_unit_test(options),
		cmocka_unit_test(titles),
		cmocka_unit_test_setup_teardown(files, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
