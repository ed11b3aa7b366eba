// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: what a quiet terminal is spared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "runqemu/hush.h"

#define FATAL "PCI: Fatal: No config space access function found\r\n"
#define NOPCI "PCI: System does not support PCI\r\n"

/* What is seen of the text, which comes in pieces of so many bytes. */
static void seen(const char *text, size_t len, size_t piece, const char *want, size_t wantlen)
{
	struct hush h = { .on = true };
	struct buf out = { 0 };

	for (size_t i = 0; i < len; i += piece)
		hushfeed(&h, text + i, len - i < piece ? len - i : piece, &out);
	hushend(&h, &out);
	assert_int_equal(out.len, wantlen);
	if (wantlen)
		assert_memory_equal(out.data, want, wantlen);
	buffree(&out);
}

static void check(const char *text, const char *want)
{
	for (size_t piece = 1; piece < 80; piece += 13)
		seen(text, strlen(text), piece, want, strlen(want));
}

static void leaves_out_what_it_knows(void **state)
{
	(void)state;
	check(FATAL NOPCI "Welcome\r\n~ # ", "Welcome\r\n~ # ");
	check("[    0.123456] " FATAL "[   12.5] " NOPCI, "");
	check("one\r\n" FATAL "two\r\n" NOPCI "three", "one\r\ntwo\r\nthree");
	check("PCI: System does not support PCI\n", "");
}

static void but_nothing_else(void **state)
{
	(void)state;
	check("PCI: Fatal: something else\r\n", "PCI: Fatal: something else\r\n");
	check("behind " FATAL, "behind " FATAL);
	check("PCI: System does not support PCI at all\r\n",
	      "PCI: System does not support PCI at all\r\n");
	check("[root@x]# [ 1.5]x\r\n", "[root@x]# [ 1.5]x\r\n");
	check("\r\n\r\nPCI", "\r\n\r\nPCI");
	seen("\0PCI: a\n\0\0", 10, 3, "\0PCI: a\n\0\0", 10);
}

static void and_that_once(void **state)
{
	(void)state;
	check(FATAL FATAL, FATAL);
	check(FATAL NOPCI NOPCI FATAL, NOPCI FATAL);
}

static void passes_all_on_when_off(void **state)
{
	struct hush h = { 0 };
	struct buf out = { 0 };

	(void)state;
	hushfeed(&h, FATAL, strlen(FATAL), &out);
	assert_string_equal(bufstr(&out), FATAL);
	buffree(&out);
}

static void gives_up_what_it_held(void **state)
{
	struct hush h = { .on = true };
	struct buf out = { 0 };

	(void)state;
	hushfeed(&h, "PCI: Fatal", 10, &out);
	assert_int_equal(out.len, 0);
	hushend(&h, &out);
	hushfeed(&h, "!\n" FATAL, 2 + strlen(FATAL), &out);
	assert_string_equal(bufstr(&out), "PCI: Fatal!\n" FATAL);
	buffree(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_out_what_it_knows),
		cmocka_unit_test(but_nothing_else),
		cmocka_unit_test(and_that_once),
		cmocka_unit_test(passes_all_on_when_off),
		cmocka_unit_test(gives_up_what_it_held),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
