// SPDX-License-Identifier: GPL-2.0-or-later
/* Response files: quoting by gcc's rules, there and back, and files in files. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fs/file.h"
#include "fs/remove.h"
#include "wcc/response.h"

/* The list holds just these strings; it is emptied. */
static void holds(struct strlist *list, size_t n, const char *const want[])
{
	assert_int_equal(list->len, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(list->item[i], want[i]);
	listfree(list);
	*list = (struct strlist){ 0 };
}

static void splits(void **state)
{
	struct strlist out = { 0 };

	(void)state;
	responsesplit("", &out);
	responsesplit(" \n\t", &out);
	holds(&out, 0, NULL);
	responsesplit("-c a.c\n-o\ta.o\n", &out);
	holds(&out, 4, (const char *[]){ "-c", "a.c", "-o", "a.o" });
	responsesplit("'a b' \"c d\" e\\ f '' \"\"", &out);
	holds(&out, 5, (const char *[]){ "a b", "c d", "e f", "", "" });
	responsesplit("-DX='\"y\"' a\\'b 'a\\'b' \"\\\\\" x'y'z", &out);
	holds(&out, 5, (const char *[]){ "-DX=\"y\"", "a'b", "a'b", "\\", "xyz" });
	responsesplit("@x 'open", &out);
	holds(&out, 2, (const char *[]){ "@x", "open" });
	responsesplit("end\\", &out);
	holds(&out, 1, (const char *[]){ "end\\" });
}

static void joins(void **state)
{
	static const char *const args[] = { "-c",   "",	      "a b",  "\"q\"", "it's",
					    "b\\s", "tab\ta", "nl\n", "\\",    "@x" };
	struct strlist list = { 0 }, back = { 0 };
	struct buf text = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(args) / sizeof(args[0]); i++)
		listadd(&list, args[i]);
	responsejoin(&list, &text);
	responsesplit(bufstr(&text), &back);
	holds(&back, sizeof(args) / sizeof(args[0]), args);
	buffree(&text);
	listfree(&list);
}

static void expands(void **state)
{
	char dir[] = "/tmp/wcc_response.XXXXXX";
	struct strlist out = { 0 };

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(filewrite("inner", "-O2 @missing", 12, 0666), 0);
	assert_int_equal(filewrite("outer", "-c @inner 'a b.c'", 17, 0666), 0);
	assert_int_equal(filewrite("loop", "@loop", 5, 0666), 0);
	assert_int_equal(filewrite("empty", "", 0, 0666), 0);

	assert_int_equal(responseexpand("-c", &out), 0);
	holds(&out, 1, (const char *[]){ "-c" });
	assert_int_equal(responseexpand("@missing", &out), 0);
	holds(&out, 1, (const char *[]){ "@missing" });
	assert_int_equal(responseexpand("@empty", &out), 1);
	holds(&out, 0, NULL);
	assert_int_equal(responseexpand("@outer", &out), 2);
	holds(&out, 4, (const char *[]){ "-c", "-O2", "@missing", "a b.c" });
	errno = 0;
	assert_int_equal(responseexpand("@loop", &out), -1);
	assert_int_equal(errno, ELOOP);
	listfree(&out);

	assert_int_equal(chdir("/"), 0);
	assert_int_equal(treeremove(dir), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits),
		cmocka_unit_test(joins),
		cmocka_unit_test(expands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
