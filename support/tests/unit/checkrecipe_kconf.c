// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "checkrecipe/kconf.h"
#include "checkrecipe/symbols.h"

/* The findings of the parser alone, as lines "LINE: TEXT". */
static char *parse(struct kconf *k, const char *text)
{
	struct report r = { 0 };
	struct buf out = { 0 };

	kconfparse(k, "Kconfig", text, &r);
	for (size_t i = 0; i < r.len; i++)
		bufprintf(&out, "%zu: %s\n", r.item[i].line, r.item[i].text);
	reportfree(&r);
	bufputs(&out, "");
	return bufsteal(&out);
}

static const struct kentry *sym[4]; /* the first symbols of a file */

/* How many symbols the file defines. */
static size_t symbolsof(const struct kconf *k)
{
	size_t n = 0;

	for (size_t i = 0; i < k->tree.len; i++) {
		if (k->tree.entry[i]->kind != KENTRY_CONFIG)
			continue;
		if (n < 4)
			sym[n] = k->tree.entry[i];
		n++;
	}
	return n;
}

static void refused(const char *text, const char *want)
{
	struct kconf k = { 0 };
	char *got = parse(&k, text);

	if (strncmp(got, want, strlen(want)) != 0 || !strchr(got, '\n') ||
	    strchr(got, '\n')[1] != '\0')
		fail_msg("%s\ngave: %s\nnot: %s", text, got, want);
	free(got);
	kconffree(&k);
}

static void test_usual(void **state)
{
	struct kconf k = { 0 };
	char *got = parse(&k, "# a comment\n"
			      "menuconfig PACKAGE_FOO\n"
			      "\tbool \"foo # not a comment\" if X # a comment\n"
			      "\tdepends on A && !B || (C = \"y\") \\\n"
			      "\t\t&& PACKAGE_BAR\n"
			      "\tselect PACKAGE_ZLIB if PACKAGE_BAZ\n"
			      "\timply D\n"
			      "\thelp\n"
			      "\t  Some text: $HOME, select PACKAGE_NOTHING\n"
			      "\n"
			      "\t  config X\n"
			      "\n"
			      "if PACKAGE_FOO\n"
			      "menu \"m\"\n"
			      "\tvisible if A\n"
			      "comment \"c\"\n"
			      "\tdepends on A\n"
			      "choice\n"
			      "\tprompt \"p\"\n"
			      "\tdefault FOO_A\n"
			      "config FOO_A\n"
			      "\tbool\n"
			      "\tprompt \"x\"\n"
			      "config FOO_B\n"
			      "\tint \"n\"\n"
			      "\trange 1 3\n"
			      "\tdefault 2 if A\n"
			      "endchoice\n"
			      "endmenu\n"
			      "config FOO_C\n"
			      "\tdef_bool y if A\n"
			      "\tdefault \"a if b\" if C\n"
			      "endif\n"
			      "source \"x/Kconfig\"\n");

	(void)state;
	assert_string_equal(got, "");
	assert_int_equal(symbolsof(&k), 4);
	assert_string_equal(sym[0]->name, "PACKAGE_FOO");
	assert_int_equal(sym[0]->line, 2);
	assert_true(sym[0]->type == KTYPE_BOOL && khasprompt(sym[0]) && sym[0]->help);
	assert_true(sym[1]->type == KTYPE_BOOL && khasprompt(sym[1]) && !sym[1]->help);
	assert_true(sym[2]->type != KTYPE_BOOL && khasprompt(sym[2]));
	assert_true(sym[3]->type == KTYPE_BOOL && !khasprompt(sym[3]));
	assert_int_equal(k.reflen, 4);
	assert_string_equal(k.ref[0].name, "PACKAGE_BAR");
	assert_string_equal(k.ref[1].name, "PACKAGE_ZLIB");
	assert_string_equal(k.ref[2].name, "PACKAGE_BAZ");
	assert_string_equal(k.ref[3].name, "PACKAGE_FOO");
	free(got);
	kconffree(&k);
}

/* What kconfig-frontends 4.11 or the parser of kernel 6.12 was seen to refuse or to misread. */
static void test_not_shared(void **state)
{
	(void)state;
	refused("config A\n\tbool a\n", "2: text stands in quotes");
	refused("config A\n\tboolean \"a\"\n", "2: 'boolean'");
	refused("config A\n\tbool \"a\"\n\t---help---\n", "3: '---help---'");
	refused("config A\n\tbool \"a\"\n\tdefault $(shell,echo y)\n", "3: the two parsers");
	refused("config A\n\tstring\n\tdefault \"$HOME\"\n", "3: the two parsers");
	refused("config A\n\tstring\n\toption env=\"HOME\"\n", "3: 'option'");
	refused("config A\n\tbool \"a\"\n\tmodules\n", "3: 'modules'");
	refused("config A\n\tbool \"a\"\n\trequires B\n", "3: 'requires'");
	refused("config A\n\tbool \"a\"\n\tdepends B\n", "3: write 'depends on");
	refused("config A\n\tbool \"a\"\n\tdepends on B if C\n", "3: 'depends on' takes no");
	refused("config A\n\tbool \"a\"\n\tselect B C\n", "3: only 'if EXPRESSION'");
	refused("config A\n\tbool \"a\" B\n", "2: only 'if EXPRESSION'");
	refused("choice X\n\tprompt \"a\"\nendchoice\n", "1: the kernel's parser takes no name");
	refused("choice\n\tprompt \"a\"\n\toptional\nendchoice\n", "3: 'optional'");
	refused("source a/Kconfig\n", "1: text stands in quotes");
	refused("osource \"a/Kconfig\"\n", "1: 'osource'");
}

static void test_structure(void **state)
{
	(void)state;
	refused("\tbool \"a\"\n", "1: this belongs to no");
	refused("config A\n\tbool \"a\"\nif B\n\tdefault y\nendif\n", "4: this belongs to no");
	refused("menu \"a\"\nconfig A\n", "2: menu without endmenu");
	refused("config A\nendif\n", "2: this closes no if");
	refused("if A\nmenu \"x\"\nendmenu\nendmenu\nendif\n", "4: this closes no menu");
	refused("config A B\n", "1: config takes one name");
	refused("config\n", "1: config takes one name");
	refused("config A-B\n", "1: config takes one name");
	refused("config A\n\tbool \"a\"\n\thelp\n\tdefault y\n", "4: help text is indented");
}

static void test_help(void **state)
{
	struct kconf k = { 0 };
	char *got = parse(&k, "config A\n\tbool \"a\"\n\thelp\n\nconfig B\n\tbool \"b\"\n\thelp\n"
			      "\t\tx\n\tdefault y\nconfig C\n  help\n   ends here\n");

	(void)state;
	assert_string_equal(got, "");
	assert_int_equal(symbolsof(&k), 3);
	assert_null(sym[0]->help);
	assert_string_equal(sym[1]->help, "\t\tx\n");
	assert_string_equal(sym[2]->help, "   ends here\n");
	free(got);
	kconffree(&k);
}

static void symbols(const char *text, const char *package, const char *want)
{
	struct strlist known = { 0 };
	struct report r = { 0 };
	struct buf out = { 0 };
	struct kconf k = { 0 };

	listadd(&known, "foo-bar");
	listadd(&known, "zlib");
	free(parse(&k, text));
	symbolscheck("Kconfig", &k, package, &known, &r);
	for (size_t i = 0; i < r.len; i++)
		bufprintf(&out, "%zu: %s\n", r.item[i].line, r.item[i].text);
	assert_string_equal(bufstr(&out), want);
	buffree(&out);
	reportfree(&r);
	kconffree(&k);
	listfree(&known);
}

static void test_symbols(void **state)
{
	static const char main[] = "config PACKAGE_FOO_BAR\n\tbool \"x\"\n\thelp\n\t  x\n";
	char *text;

	(void)state;
	symbols(main, "foo-bar", "");
	symbols(main, NULL, "");
	symbols("config A\n\tbool \"a\"\n", NULL, "1: A has no help text\n");
	symbols("config PACKAGE_FOO_BAR\n\tbool\n\thelp\n\t  x\n", "foo-bar",
		"1: PACKAGE_FOO_BAR is not a bool with a prompt\n");
	symbols("config PACKAGE_FOO_BAR\n\tstring \"x\"\n\thelp\n\t  x\n", "foo-bar",
		"1: PACKAGE_FOO_BAR is not a bool with a prompt\n");
	symbols("", "foo-bar", "1: PACKAGE_FOO_BAR is not defined here\n");
	text = xasprintf(
		"%sconfig FOO_BAR_X\n\thelp\n\t  x\nconfig PACKAGE_FOO_BAR_Y\n\thelp\n"
		"\t  x\nconfig FOO_BARX\n\thelp\n\t  x\nconfig PACKAGE_ZLIB\n\thelp\n\t x\n",
		main);
	symbols(text, "foo-bar",
		"11: FOO_BARX: symbols of this package begin with PACKAGE_FOO_BAR_ or FOO_BAR_\n"
		"14: PACKAGE_ZLIB: symbols of this package begin with PACKAGE_FOO_BAR_ or "
		"FOO_BAR_\n");
	free(text);
	symbols("config A\n\tdepends on PACKAGE_ZLIB_X && PACKAGE_ZLI\n\tselect PACKAGE_NO\n"
		"\thelp\n\t  x\n",
		NULL,
		"2: PACKAGE_ZLI is the symbol of no package\n"
		"3: PACKAGE_NO is the symbol of no package\n");
}

static void test_any_cut(void **state)
{
	static const char text[] = "if A\nconfig A\n\tbool \"a\" if B\n\tselect X if Y\n\tdefault "
				   "\"x\" if Z\n\tdepends on (A)\n\thelp\n\t  t\nendif\n";

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		char *cut = xstrndup(text, len);
		struct kconf k = { 0 };

		free(parse(&k, cut));
		kconffree(&k);
		free(cut);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_usual),	  cmocka_unit_test(test_not_shared),
		cmocka_unit_test(test_structure), cmocka_unit_test(test_help),
		cmocka_unit_test(test_symbols),	  cmocka_unit_test(test_any_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
