// SPDX-License-Identifier: GPL-2.0-or-later
/* kmerge: how Kconfig's expressions are read, and what they come to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "kconfig/expr.h"

/* Y, M and N are symbols with those values, FOO is a string, NUM and HEX are numbers. */
static char *value(void *arg, const char *name)
{
	static const char *const row[][2] = {
		{ "Y", "y" },	 { "M", "m" },	     { "N", "n" },     { "FOO", "bar" },
		{ "NUM", "40" }, { "HEX", "0x100" }, { "64BIT", "y" }, { "9P", "y" },
	};

	(void)arg;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		if (strcmp(name, row[i][0]) == 0)
			return xstrdup(row[i][1]);
	}
	return xstrdup("n");
}

static const struct scope scope = { .value = value };

static void evaluates(void **state)
{
	static const struct {
		const char *text;
		enum tri want;
	} row[] = {
		{ "Y", TRI_Y },
		{ "M", TRI_M },
		{ "N", TRI_N },
		{ "NOSUCH", TRI_N },
		{ "y", TRI_Y },
		{ "m", TRI_M },
		{ "!M", TRI_M },
		{ "!!Y", TRI_Y },
		{ "! N", TRI_Y },
		{ "Y && M", TRI_M },
		{ "Y&&N", TRI_N },
		{ "N || M", TRI_M },
		{ "N || M || Y", TRI_Y },
		{ "Y || N && N", TRI_Y },
		{ "(Y || N) && N", TRI_N },
		{ "!(Y && N)", TRI_Y },
		{ "!N && Y", TRI_Y },
		{ "Y = y", TRI_Y },
		{ "Y=n", TRI_N },
		{ "M != m", TRI_N },
		{ "Y!=N", TRI_Y },
		{ "N = n && Y", TRI_Y },
		{ "FOO = \"bar\"", TRI_Y },
		{ "FOO = 'baz'", TRI_N },
		{ "FOO != \"\"", TRI_Y },
		{ "NUM > 9", TRI_Y },
		{ "NUM >= 40", TRI_Y },
		{ "NUM < 40", TRI_N },
		{ "NUM <= 39", TRI_N },
		{ "HEX = 256", TRI_Y },
		{ "NUM > -1", TRI_Y },
		{ "64BIT", TRI_Y },
		{ "9P && !64BIT", TRI_N },
		{ "HEX > 0xff", TRI_Y },
		{ "$(cc-option,-foo)", TRI_UNKNOWN },
		{ "$(success,test (a) = $(x)) && N", TRI_N },
		{ "$(success,a b) || Y", TRI_Y },
		{ "$(success,a b) && Y", TRI_UNKNOWN },
		{ "!$(failure,a)", TRI_UNKNOWN },
		{ "\"$(ARCH)\" = \"x\"", TRI_UNKNOWN },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct expr *e = exprparse(row[i].text, NULL);

		if (!e || expreval(e, &scope) != row[i].want || e->len != strlen(row[i].text))
			fail_msg("%s: %d", row[i].text, e ? (int)expreval(e, &scope) : -1);
		exprfree(e);
	}
}

static void stops_at_if(void **state)
{
	const char *text = "  A && B  if C", *rest;
	struct expr *e = exprparse(text, &rest);

	(void)state;
	assert_non_null(e);
	assert_int_equal(e->op, EXPR_AND);
	assert_string_equal(rest, "if C");
	assert_int_equal(e->len, 6);
	exprfree(e);
}

static void refuses(void **state)
{
	static const char *const bad[] = { "",	     " ",   "&&",      "A &&", "A && && B",
					   "(A",     "!",   "A = ",    "if A", "( )",
					   "A || )", "= A", "(A && B", "!(" };
	struct buf deep = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (exprparse(bad[i], NULL))
			fail_msg("'%s' was taken", bad[i]);
	}
	for (int i = 0; i < 100000; i++)
		bufputc(&deep, '(');
	assert_null(exprparse(bufstr(&deep), NULL));
	buffree(&deep);
}

/* A chain of so many operands; NULL: it was not taken. */
static struct expr *chain(struct buf *text, size_t operands)
{
	bufclear(text);
	for (size_t i = 0; i < operands; i++)
		bufputs(text, i ? " && Y" : "Y");
	return exprparse(bufstr(text), NULL);
}

static void a_chain_has_bounds(void **state)
{
	struct buf text = { 0 };
	struct expr *e = chain(&text, 1000);

	(void)state;
	assert_non_null(e);
	assert_int_equal(expreval(e, &scope), TRI_Y);
	exprfree(e);
	assert_null(chain(&text, 1001));
	assert_null(chain(&text, 1000000));
	buffree(&text);
}

static void conditions(void **state)
{
	(void)state;
	assert_string_equal(exprcondition("FOO if BAR && BAZ"), "BAR && BAZ");
	assert_string_equal(exprcondition("\"text if any\" if BAR"), "BAR");
	assert_string_equal(exprcondition("0 255 if (A)"), "(A)");
	assert_string_equal(exprcondition("$(shell,x if y) if Z"), "Z");
	assert_null(exprcondition("FOO"));
	assert_null(exprcondition("\"a if b\""));
	assert_null(exprcondition("gif"));
	assert_null(exprcondition(""));
}

static void compares_values(void **state)
{
	(void)state;
	assert_int_equal(valuecompare("10", "9"), 1);
	assert_int_equal(valuecompare("0x10", "16"), 0);
	assert_true(valuecompare("10a", "9") < 0);
	assert_int_equal(valuecompare("", ""), 0);
	assert_true(valuecompare("y", "n") > 0);
	assert_true(valuecompare("", "0") < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(evaluates),  cmocka_unit_test(stops_at_if),
		cmocka_unit_test(refuses),    cmocka_unit_test(a_chain_has_bounds),
		cmocka_unit_test(conditions), cmocka_unit_test(compares_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
