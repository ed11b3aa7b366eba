// SPDX-License-Identifier: GPL-2.0-or-later
/* One Kconfig text: its statements as they are written, and what they define. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "kconfig/kconfig.h"

static const char text[] = "config A # comment\r\n"
			   "\tbool \"a # b\" \\\n"
			   "\t  if B\n"
			   "\thelp\n"
			   "\n"
			   "\t  One,\n"
			   "\t    two.\n"
			   "\n"
			   "source \"more\"\n"
			   "if A\n"
			   "config A\n"
			   "\t---help---\n"
			   "\t  Three.\n"
			   "config C\n"
			   "\thelp\n"
			   "endif\n";

static void say(void *arg, const struct kstatement *s)
{
	bufprintf(arg, "%u:%u '%s' %u:%u\n", s->line, s->column, s->text, s->help.line,
		  s->help.column);
}

static void statements(void **state)
{
	struct buf out = { 0 };
	struct kconfig k = { .each = say, .arg = &out };
	char *why;

	(void)state;
	assert_int_equal(kconfigtext(&k, "x/Kconfig", text, &why), 0);
	assert_null(why);
	assert_string_equal(bufstr(&out), "1:0 'config A' 0:0\n"
					  "2:8 'bool \"a # b\" if B' 0:0\n"
					  "4:8 'help' 6:10\n"
					  "9:0 'source \"more\"' 0:0\n"
					  "10:0 'if A' 0:0\n"
					  "11:0 'config A' 0:0\n"
					  "12:8 '---help---' 13:10\n"
					  "14:0 'config C' 0:0\n"
					  "15:8 'help' 0:0\n"
					  "16:0 'endif' 0:0\n");
	assert_int_equal(k.lost.len, 0);
	assert_null(ksymbol(&k, "A")->help);
	buffree(&out);
	kconfigfree(&k);
}

static void entries(void **state)
{
	struct kconfig k = { .keephelp = 1 };
	const struct kentry *e;
	char *why;

	(void)state;
	assert_int_equal(kconfigtext(&k, "x/Kconfig", text, &why), 0);
	e = ksymbol(&k, "A");
	assert_string_equal(e->file, "x/Kconfig");
	assert_int_equal(e->line, 1);
	assert_int_equal(e->type, KTYPE_BOOL);
	assert_int_equal(e->nattr, 1);
	assert_string_equal(e->attr[0].text, "\"a # b\" if B");
	assert_string_equal(e->help, "\n\t  One,\n\t    two.\n\n");
	assert_int_equal(e->same->line, 11);
	assert_int_equal(e->same->parent->kind, KENTRY_IF);
	assert_string_equal(e->same->help, "\t  Three.\n");
	assert_null(ksymbol(&k, "C")->help);
	assert_null(ksymbol(&k, "more"));
	kconfigfree(&k);
}

static void bounds(void **state)
{
	struct buf deep = { 0 };
	struct kconfig k = { 0 };
	char *why;

	(void)state;
	for (int i = 0; i < 1000; i++)
		bufputs(&deep, "menu \"m\"\n");
	assert_int_equal(kconfigtext(&k, "Kconfig", bufstr(&deep), &why), -1);
	assert_string_equal(why, "Kconfig:201: more than 200 blocks are in each other");
	free(why);
	buffree(&deep);
	kconfigfree(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements),
		cmocka_unit_test(entries),
		cmocka_unit_test(bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
