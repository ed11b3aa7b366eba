// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "checkrecipe/mkfile.h"
#include "checkrecipe/mkvalues.h"

static struct mkfile mk;
static struct report rep;

static void parse(const char *text)
{
	mkparse(&mk, "foo.mk", text, &rep);
}

/* The recipe in text has one thing wrong: in that line, with words in its message. */
static void refused(const char *text, size_t line, const char *words)
{
	parse(text);
	assert_int_equal(rep.len, 1);
	assert_string_equal(rep.item[0].file, "foo.mk");
	assert_int_equal(rep.item[0].line, line);
	assert_non_null(strstr(rep.item[0].text, words));
	mkfree(&mk);
	reportfree(&rep);
}

static int cleanup(void **state)
{
	(void)state;
	mkfree(&mk);
	reportfree(&rep);
	return 0;
}

static void test_assignments(void **state)
{
	(void)state;
	parse("# comment\n"
	      "FOO_A := 1.2 # its version  \n"
	      "FOO_B=x y\n"
	      "FOO_C += \\\n"
	      "\tone \\\n"
	      "\ttwo\n"
	      "FOO_D ?=\n"
	      "FOO_E ::= a\\#b\n");
	assert_int_equal(rep.len, 0);
	assert_int_equal(mk.len, 5);
	assert_string_equal(mkfind(&mk, "FOO_A")->value, "1.2");
	assert_string_equal(mkfind(&mk, "FOO_B")->value, "x y");
	assert_string_equal(mkfind(&mk, "FOO_C")->value, "one two");
	assert_int_equal(mkfind(&mk, "FOO_C")->line, 4);
	assert_string_equal(mkfind(&mk, "FOO_D")->value, "");
	assert_int_equal(mkfind(&mk, "FOO_D")->line, 7);
	assert_string_equal(mkfind(&mk, "FOO_E")->value, "a\\#b");
	assert_null(mkfind(&mk, "FOO_F"));
}

static void test_define(void **state)
{
	(void)state;
	parse("define FOO_BUILD\n\tmake\n\n\techo $$(date) # kept\nendef\nFOO_A := 1\n");
	assert_int_equal(rep.len, 0);
	assert_int_equal(mk.len, 2);
	assert_true(mk.var[0].isdefine);
	assert_string_equal(mk.var[0].value, "\tmake\n\n\techo $$(date) # kept\n");
	assert_int_equal(mk.var[0].line, 1);
	assert_int_equal(mk.var[1].line, 6);
}

static void test_conditions(void **state)
{
	(void)state;
	parse("ifeq ($(A),y)\nX_A := 1\nelse ifneq ($(B),)\nX_A := 2\nelse\nX_A := 3\nendif\n");
	assert_int_equal(rep.len, 0);
	assert_int_equal(mk.len, 3);
	refused("ifeq (a,b)\nX := 1\n", 2, "no endif");
	refused("endif\n", 1, "endif without");
	refused("else\n", 1, "else without");
	refused("ifdef X\nendif\n", 1, "write ifeq");
}

static void test_refused(void **state)
{
	(void)state;
	refused("A := 1\ninclude other.mk\n", 2, "include has no place");
	refused("-include other.mk\n", 1, "-include has no place");
	refused("export A := 1\n", 1, "export has no place");
	refused("override A := 1\n", 1, "override has no place");
	refused("all: foo\n", 1, "a rule");
	refused("all:: foo\n", 1, "a rule");
	refused("\techo hello\n", 1, "begins with a tab");
	refused("A := $(shell date)\n", 1, "$(shell)");
	refused("A := ${eval B := 1}\n", 1, "$(eval)");
	refused("$(eval A := 1)\n", 1, "a rule");
	refused("define A\n\techo\n\t$(shell date)\nendef\n", 3, "$(shell)");
	refused("ifeq ($(shell uname),Linux)\nendif\n", 1, "$(shell)");
	refused("A != date\n", 1, "runs a command");
	refused("A := 1\ndefine B\n\techo\n", 2, "no endef");
	refused("endef\n", 1, "endef has no place");
	refused("define B\ndefine C\nendef\n", 2, "define within");
	refused("what is this\n", 1, "neither an assignment");
	refused("define\nendef\n", 1, "not a define");
}

static void test_shell_variable_is_no_call(void **state)
{
	(void)state;
	parse("define A\n\t$$(shell) $${eval} $(shellfish) $\nendef\n");
	assert_int_equal(rep.len, 0);
}

static void test_values(void **state)
{
	struct strlist out = { 0 };

	(void)state;
	parse("ifeq ($(CONFIG_OLD),y)\nV := 1.0\nelse ifeq ($(CONFIG_OWN),y)\nV := $(CONFIG_V)\n"
	      "else\nV := 2.0\nendif\nS := foo-$(V).$(EXT)\nEXT = tar\nL := $(L)\n");
	mkvalues(&mk, "$(S)", &out);
	assert_int_equal(out.len, 2);
	assert_string_equal(out.item[0], "foo-1.0.tar");
	assert_string_equal(out.item[1], "foo-2.0.tar");
	listfree(&out);
	mkvalues(&mk, "$(call f,$(V))", &out);
	mkvalues(&mk, "$(L)", &out);
	mkvalues(&mk, "$V", &out);
	mkvalues(&mk, "$(", &out);
	assert_int_equal(out.len, 0);
	mkvalues(&mk, "plain", &out);
	assert_int_equal(out.len, 1);
	listfree(&out);
}

static void test_any_cut(void **state)
{
	static const char text[] = "A := $(B)\nifeq (a,$(b))\ndefine X\n\t$(shell $${y\nendef\n"
				   "else\nC += \\\n\t\\\n# \\\nendif\nd: e\n$(eval x)\n!=\n";

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		char *cut = xstrndup(text, len);

		parse(cut);
		free(cut);
		cleanup(NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_assignments, cleanup),
		cmocka_unit_test_teardown(test_define, cleanup),
		cmocka_unit_test_teardown(test_conditions, cleanup),
		cmocka_unit_test_teardown(test_refused, cleanup),
		cmocka_unit_test_teardown(test_shell_variable_is_no_call, cleanup),
		cmocka_unit_test_teardown(test_values, cleanup),
		cmocka_unit_test_teardown(test_any_cut, cleanup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
