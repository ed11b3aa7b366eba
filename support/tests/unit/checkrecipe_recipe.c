// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "checkrecipe/recipe.h"

#define D1   "a9e8c51fcb1e695d1d35dde5886cba579cb6f29c9646c5889f39d63841d4b9f6"
#define D2   "82ee332c20307c8e75b59c2779f3d554c592f5efa454bacf1e58daced5199f89"
#define BASE "FOO_VERSION := 1\nFOO_LICENSE := MIT\n"
#define GOOD BASE "FOO_SITE := https://x.org\nFOO_SOURCE := foo-$(FOO_VERSION).tar.gz\n"

static const char words[] =
	"# comment\n"
	"KNOWN_VARIABLES := VERSION VERSIONS SITE SOURCE SHA256 GIT_URL GIT_REF GIT_COMMIT DIR SRC_OF \\\n"
	"                   LICENSE CPE PURL DEPENDS TYPE MODE CONF_OPTS CFLAGS\n"
	"KNOWN_STEPS := UNPACK POST_UNPACK CONFIGURE BUILD INSTALL OLDCONFIG\n"
	"KNOWN_TYPES := autotools cmake meson make module kbuild generic\n"
	"KNOWN_MODES := target bare kernel host none\n";

/* The findings for package foo in a tree that has foo-bar and zlib too, as lines of text. */
static char *check(const char *mktext, const char *hashtext, int ownsource)
{
	struct strlist known = { 0 };
	struct mkfile mk = { 0 };
	struct hashes h = { 0 };
	struct report r = { 0 };
	struct buf out = { 0 };
	struct vocabulary v = { 0 };
	struct recipe rc = { "foo", "foo.mk", &mk, &h, ownsource, &known, &v };
	char *why;

	listadd(&known, "foo");
	listadd(&known, "foo-bar");
	listadd(&known, "zlib");
	assert_int_equal(vocabularyparse(&v, "words.mk", words, &why), 0);
	mkparse(&mk, "foo.mk", mktext, &r);
	hashparse(&h, "foo.hash", hashtext, &r);
	recipecheck(&rc, &r);
	vocabularyfree(&v);
	for (size_t i = 0; i < r.len; i++)
		bufprintf(&out, "%s:%zu: %s\n", r.item[i].file, r.item[i].line, r.item[i].text);
	listfree(&known);
	mkfree(&mk);
	hashfree(&h);
	reportfree(&r);
	bufputs(&out, "");
	return bufsteal(&out);
}

static void expect(const char *mktext, const char *hashtext, int ownsource, const char *want)
{
	char *got = check(mktext, hashtext, ownsource);

	assert_string_equal(got, want);
	free(got);
}

static void test_good(void **state)
{
	(void)state;
	expect(GOOD "FOO_DEPENDS := zlib $(if $(CONFIG_X),foo-bar)\nFOO_TYPE := make\n"
		    "FOO_opts := $(LINUX_VERSION)\ndefine FOO_BUILD\n\t$(MAKE)\nendef\n",
	       "# upstream\nsha256  " D1 "  foo-1.tar.gz\nsha256  " D2 "  foo-1.tar.gz\n", 0, "");
	expect(BASE "FOO_CPE := a:b\nFOO_PURL := pkg:npm/foo\n", "", 1, "");
	expect(BASE "FOO_CPE := a\nFOO_PURL := pkg:npm/foo@1\n", "", 1,
	       "foo.mk:3: FOO_CPE is 'a', not vendor:product\n"
	       "foo.mk:4: FOO_PURL is 'pkg:npm/foo@1', not pkg:TYPE/NAME, without a version\n");
	expect(BASE "FOO_CPE := a:b:c\n", "", 1,
	       "foo.mk:3: FOO_CPE is 'a:b:c', not vendor:product\n");
	expect(BASE "FOO_PURL := foo\n", "", 1,
	       "foo.mk:3: FOO_PURL is 'foo', not pkg:TYPE/NAME, without a version\n");
	expect(BASE, "", 1, "");
	expect(BASE "FOO_SRC_OF := zlib\n", "", 0, "");
	expect(BASE "FOO_DIR := /home/me/foo\n", "", 0, "");
	expect(BASE "FOO_GIT_URL := https://x\nFOO_GIT_COMMIT := "
		    "0123456789012345678901234567890123456789\n",
	       "", 0, "");
	expect(GOOD "FOO_SHA256 := $(CONFIG_FOO_SHA256)\n", "", 0, "");
}

static void test_required(void **state)
{
	(void)state;
	expect("FOO_VERSION :=\nFOO_LICENSE := unknown\n", "", 1,
	       "foo.mk:1: FOO_VERSION is missing\nfoo.mk:2: FOO_LICENSE is unknown: fill it in\n");
	expect(BASE, "", 0,
	       "foo.mk:1: no source: set SITE and SOURCE, or DIR, or SRC_OF, or keep it in src/\n");
	expect(BASE "FOO_SOURCE := x\nFOO_SHA256 := y\n", "", 0,
	       "foo.mk:3: FOO_SOURCE needs a SITE\n");
	expect(BASE "FOO_GIT_URL := x\n", "", 0, "foo.mk:3: FOO_GIT_URL needs a GIT_REF\n");
	expect(BASE "FOO_GIT_URL := x\nFOO_GIT_COMMIT := main\n", "", 0,
	       "foo.mk:4: FOO_GIT_COMMIT is not a full commit, 40 hex digits\n");
}

static void test_digests(void **state)
{
	(void)state;
	expect(GOOD, "sha256  " D1 "  foo-2.tar.gz\n", 0,
	       "foo.mk:4: foo-1.tar.gz has no digest in foo.hash\n");
	expect(GOOD "FOO_VERSION := 2\n", "sha256  " D1 "  foo-2.tar.gz\n", 0,
	       "foo.mk:4: foo-1.tar.gz has no digest in foo.hash\n");
	expect(GOOD "FOO_SOURCE += $(FOO_VERSION).patch\n", "sha256  " D1 "  foo-1.tar.gz\n", 0,
	       "foo.mk:5: 1.patch has no digest in foo.hash\n");
	expect(GOOD "FOO_VERSIONS := 1 2\nFOO_VERSION := $(CONFIG_V)\nFOO_SHA256 := $(CONFIG_S)\n",
	       "sha256  " D1 "  foo-1.tar.gz\n", 0,
	       "foo.mk:4: foo-2.tar.gz has no digest in foo.hash\n");
	expect(BASE,
	       "sha256 " D1 " a\nsha256 " D1 " b\nmd5 " D1 " c\nsha256 " D2 "\nsha256 ab c\n"
	       "sha256 " D2 " a/b\nsha256 " D2 " a b\n",
	       1,
	       "foo.hash:2: this digest is here already\n"
	       "foo.hash:3: not 'sha256  DIGEST  FILE'\n"
	       "foo.hash:4: not 'sha256  DIGEST  FILE'\n"
	       "foo.hash:5: the digest is not 64 lower-case hex digits\n"
	       "foo.hash:6: the file is named without a directory\n"
	       "foo.hash:7: not 'sha256  DIGEST  FILE'\n");
}

static void test_names(void **state)
{
	(void)state;
	expect(BASE "FOO_BAR_VERSION := 1\n", "", 1,
	       "foo.mk:3: FOO_BAR_VERSION belongs to package foo-bar\n");
	expect(BASE "ZLIB_CFLAGS := 1\n", "", 1, "foo.mk:3: ZLIB_CFLAGS belongs to package zlib\n");
	expect(BASE "VERSION := 1\n", "", 1,
	       "foo.mk:3: VERSION: names in this recipe begin with FOO_\n");
	expect(BASE "FOO_LICENCE := MIT\nFOO_CONFOPTS := x\nFOO_WIDGETS := y\n", "", 1,
	       "foo.mk:3: FOO_LICENCE means nothing: did you mean LICENSE?\n"
	       "foo.mk:4: FOO_CONFOPTS means nothing: did you mean CONF_OPTS?\n"
	       "foo.mk:5: FOO_WIDGETS means nothing, and a private name goes on in lower case\n");
}

static void test_values(void **state)
{
	(void)state;
	expect(BASE "FOO_TYPE := scons\n", "", 1,
	       "foo.mk:3: FOO_TYPE is 'scons', not one of: "
	       "autotools cmake meson make module kbuild generic\n");
	expect(BASE "FOO_TYPE := $(CONFIG_X)\n", "", 1, "");
	expect(BASE "FOO_MODE := guest\n", "", 1,
	       "foo.mk:3: FOO_MODE is 'guest', not one of: target bare kernel host none\n");
	expect(BASE
	       "FOO_DEPENDS := zlib nothing\nFOO_DEPENDS += $(if $(filter a,b),foo,bar) $(call x,y) z$(x)\n",
	       "", 1,
	       "foo.mk:3: FOO_DEPENDS names 'nothing', which is no package\n"
	       "foo.mk:4: foo depends on itself\n"
	       "foo.mk:4: FOO_DEPENDS names 'bar', which is no package\n");
	expect(BASE "define FOO_INSTALL\n\ttrue\n\tsudo true\nendef\nFOO_BUILD := curl x\n"
		    "define FOO_helper\n\twget x\nendef\n",
	       "", 1,
	       "foo.mk:5: sudo in a step: a build needs no privileges\n"
	       "foo.mk:7: curl in a step: set SITE and SOURCE, and its digest in the .hash file\n"
	       "foo.mk:9: wget in a step: set SITE and SOURCE, and its digest in the .hash file\n");
}

/* References that are not closed, too many in each other, and ones that would take for ever. */
static void test_bounds(void **state)
{
	struct buf deep = { 0 }, circle = { 0 };

	(void)state;
	expect(BASE "FOO_DEPENDS := $(if $(X),zlib,\n", "", 1, "");
	expect(BASE "FOO_DEPENDS := $(if $(X\n", "", 1, "");
	bufputs(&deep, BASE "FOO_DEPENDS := ");
	for (int i = 0; i < 16; i++)
		bufputs(&deep, "$(if $(X),");
	for (int i = 0; i < 16; i++)
		bufputs(&deep, ")");
	expect(bufstr(&deep), "", 1, "");
	bufclear(&deep);
	bufputs(&deep, BASE "FOO_DEPENDS := ");
	for (int i = 0; i < 100000; i++)
		bufputs(&deep, "$(if ,");
	expect(bufstr(&deep), "", 1,
	       "foo.mk:3: FOO_DEPENDS has more than 16 $(if) in each other\n");
	bufputs(&circle, BASE "FOO_TYPE := $(FOO_x)\n");
	for (int i = 0; i < 10; i++)
		bufputs(&circle, "FOO_x := $(FOO_x)$(FOO_x)\n");
	expect(bufstr(&circle), "", 1, "");
	buffree(&deep);
	buffree(&circle);
}

/* What is wrong with text as a vocabulary. */
static void nowords(const char *text, const char *want)
{
	struct vocabulary v = { 0 };
	char *why;

	assert_int_equal(vocabularyparse(&v, "words.mk", text, &why), -1);
	assert_string_equal(why, want);
	free(why);
	vocabularyfree(&v);
}

static void test_vocabulary(void **state)
{
	struct vocabulary v = { 0 };
	char *why;

	(void)state;
	assert_int_equal(vocabularyparse(&v, "words.mk", words, &why), 0);
	assert_null(why);
	assert_true(vocabularyknows(&v, "VERSION"));
	assert_true(vocabularyknows(&v, "POST_UNPACK"));
	assert_true(vocabularyknows(&v, "opts"));
	assert_false(vocabularyknows(&v, "VERSIONZ"));
	assert_true(listhas(&v.steps, "BUILD"));
	assert_false(listhas(&v.steps, "VERSION"));
	assert_string_equal(vocabularynear(&v, "INSTALLL"), "INSTALL");
	assert_string_equal(vocabularynear(&v, "INSTAL"), "INSTALL");
	assert_null(vocabularynear(&v, "WHATEVER_ELSE_THERE_MAY_BE_IN_A_NAME"));
	assert_null(vocabularynear(&v, "X"));
	vocabularyfree(&v);
	nowords("", "words.mk: it has no KNOWN_VARIABLES");
	nowords("KNOWN_VARIABLES := A\nKNOWN_STEPS :=\n", "words.mk: it has no KNOWN_STEPS");
	nowords("KNOWN_VARIABLES := A\nall:\n",
		"words.mk:2: a rule has no place in a recipe: write a define");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),	   cmocka_unit_test(test_required),
		cmocka_unit_test(test_digests),	   cmocka_unit_test(test_names),
		cmocka_unit_test(test_values),	   cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_vocabulary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
