// SPDX-License-Identifier: GPL-2.0-or-later
/* lib/results: TAP and KTAP, as they come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "results/expect.h"
#include "results/ktap.h"
#include "scratch.h"

static void tell(struct test *t, const char *path, enum testresult as, void *arg)
{
	bufprintf(arg, "%s %s", testresultname(as), path);
	if (t->count != 1)
		bufprintf(arg, " *%lu", t->count);
	if (t->reason)
		bufprintf(arg, " (%s)", t->reason);
	bufputc(arg, '\n');
}

/* Read text, in pieces of that size. */
static void readall_in(struct results *r, const char *text, size_t piece)
{
	struct ktap k = { .into = r };

	for (size_t len = strlen(text); len;) {
		size_t n = len < piece ? len : piece;

		ktapfeed(&k, text, n, 0);
		text += n;
		len -= n;
	}
	ktapend(&k);
	resultscount(r);
}

/* Text gives the results, a line for each. */
static void gives(const char *text, const char *expected)
{
	for (size_t piece = 1; piece <= 4096; piece *= 64) {
		struct results r = { 0 };
		struct buf out = { 0 };

		readall_in(&r, text, piece);
		testswalk(&r.tests, tell, &out);
		assert_string_equal(bufstr(&out), expected);
		buffree(&out);
		resultsfree(&r);
	}
}

static void reads_plain_tests(void **state)
{
	(void)state;
	gives("TAP version 13\n1..2\nok 1 - one\nnot ok 2 - two\n", "passed one\nfailed two\n");
	gives("KTAP version 1\n1..2\nok 1 one\nok 2\n", "passed one\npassed test 2\n");
	gives("1..1\nok 1 one\n", "passed one\n");
	gives("ok 1 one\nok 2 two\n1..2\n", "passed one\npassed two\n");
	gives("TAP version 13\nok - one\nok 2\r\n1..2", "passed one\npassed test 2\n");
}

static void takes_no_other_text_for_tests(void **state)
{
	(void)state;
	gives("", "");
	gives("ok\nnot ok\nok then\nokay 1\n1..5\n", "");
	gives("ok 7 is the third\nnot ok 3\n", "");
	gives("TAP version 13\n1..1\nok\nok fine\nok 1one\nnot okay 1\nok 1 one\n", "passed one\n");
	gives("the TAP version 13\nTAP version x\n", "");
}

static void reads_directives(void **state)
{
	(void)state;
	gives("KTAP version 1\n1..9\n"
	      "ok 1 a # SKIP no such device\n"
	      "ok 2 # SKIP: b\n"
	      "not ok 3 c # todo later\n"
	      "ok 4 d # TODO done\n"
	      "ok 5 e # XFAIL known\n"
	      "not ok 6 f # TIMEOUT 45 seconds\n"
	      "not ok 7 selftests: net: g.sh # exit=1\n"
	      "ok 8 #9 in C# holds #skipped it\n"
	      "not ok 9 i # ERROR\n",
	      "skipped a (no such device)\nskipped test 2 (b)\ntodo c (later)\npassed d (done)\n"
	      "todo e (known)\nfailed f (TIMEOUT 45 seconds)\nfailed selftests: net: g.sh (exit=1)\n"
	      "skipped #9 in C# holds (it)\nfailed i (ERROR)\n");
	gives("1..0 # SKIP nothing to do\n", "skipped all tests (nothing to do)\n");
	gives("1..0 # Skipped: no a\n1..0 # skip\n1..1\nok 1 b\n",
	      "skipped all tests (no a)\nskipped all tests\npassed b\n");
	gives("1..0\n1..0 # nothing\n1..0 skip\n", "");
	gives("    1..0 # SKIP no device\nok 1 a # SKIP no device\n", "skipped a (no device)\n");
	gives("TAP version 13\n1..0 # SKIP nothing to do\n", "skipped all tests (nothing to do)\n");
}

static void reads_the_kernels_tests(void **state)
{
	(void)state;
	gives("[    1.234567] KTAP version 1\n"
	      "[    1.234567] 1..2\n"
	      "[    1.234568]     KTAP version 1\n"
	      "[    1.234568]     # Subtest: example\n"
	      "[    1.234568]     # module: kunit_example_test\n"
	      "[    1.234568]     1..3\n"
	      "[    1.234568]     # simple: initializing\n"
	      "[    1.234569]     ok 1 simple\n"
	      "[    1.300000] random: crng init done\n"
	      "[    1.300000][    T1]         KTAP version 1\n"
	      "<6>[    1.300000]         # Subtest: params\n"
	      "[    1.300000]     # params: initializing\n"
	      "[    1.300001]         ok 1 value 3\n"
	      "[    1.300001]         not ok 2 value 1\n"
	      "[    1.300001]     not ok 2 params\n"
	      "[    1.300001]     ok 3 skip # SKIP not now\n"
	      "[    1.300001] # example: pass:1 fail:1 skip:1 total:3\n"
	      "[    1.300001] not ok 1 example\n"
	      "[    1.300002]     KTAP version 1\n"
	      "[    1.300002]     # Subtest: more\n"
	      "[    1.300002]     1..1\n"
	      "[    1.300002]     ok 1 only\n"
	      "[    1.300002] not ok 2 more\n",
	      "passed example/simple\npassed example/params/value 3\n"
	      "failed example/params/value 1\nskipped example/skip (not now)\n"
	      "passed more/only\nfailed more\n");
}

static void reads_selftests(void **state)
{
	(void)state;
	gives("TAP version 13\n1..2\n"
	      "# timeout set to 45\n# selftests: net: a\n"
	      "# TAP version 13\n# 1..2\n"
	      "# # Starting 2 tests\n# #  RUN           x.y ...\n"
	      "# ok 1 x.y\n# ok 2 # SKIP no root\n"
	      "ok 1 selftests: net: a\n"
	      "# selftests: net: b\n"
	      "# TAP version 13\n# 1..3\n# ok 1 one\n# Segmentation fault\n"
	      "not ok 2 selftests: net: b # exit=139\n",
	      "passed selftests: net: a/x.y\nskipped selftests: net: a/test 2 (no root)\n"
	      "passed selftests: net: b/one\n"
	      "missing selftests: net: b/tests 2 to 3 *2 (the plan was 1..3)\n");
}

static void reads_odd_indentation(void **state)
{
	(void)state;
	gives("KTAP version 1\n1..2\nnot ok 1 one\n    KTAP version 1\n    1..1\n        not ok 1 a\nnot ok 2 two\n",
	      "failed one\nfailed two/a\n");
	gives("TAP version 14\n# Subtest: x\n    1..1\n    ok 1 - y\nok 1 - x\n1..1\n",
	      "passed x/y\n");
	gives("\t# Subtest: old\n\t1..2\n\tok 1 - a\n\tok 2 - b\nok 1 - old\n",
	      "passed old/a\npassed old/b\n");
	gives("    ok 1 in\nok 1 out\n", "passed out/in\n");
}

static void tells_what_is_missing(void **state)
{
	(void)state;
	gives("TAP version 14\n1..9\n"
	      "    # Subtest: s\n    1..3\n    ok 1 a\n"
	      "    Kernel panic - not syncing: oh\n",
	      "passed s/a\nmissing s/tests 2 to 3 *2 (the plan was 1..3)\n"
	      "missing tests 2 to 9 *8 (the plan was 1..9)\n");
	gives("KTAP version 1\n    # Subtest: s\n    ok 1 a\n",
	      "passed s/a\nmissing s (the output ended here)\n");
	gives("1..3\nok 1 a\nBail out! no disk\nok 2 b\n",
	      "passed a\nmissing tests 2 to 3 *2 (the plan was 1..3)\nfailed Bail out! (no disk)\n");
	gives("1..2\nok 1 a\nTAP version 13\n1..1\nok 1 b\n",
	      "passed a\nmissing test 2 (the plan was 1..2)\npassed b\n");
}

static void tells_of_nonsense(void **state)
{
	const struct {
		const char *text;
		unsigned long odd, unplanned;
	} cases[] = {
		{ "1..2\nok 1 a\nok 2 b\n", 0, 0 },	  { "TAP version 13\nok 1 a\n", 0, 1 },
		{ "1..2\nok 1 a\nok 3 c\n", 1, 0 },	  { "1..1\nok 1 a\nok 2 b\n", 1, 0 },
		{ "1..2\nok 1 a\n1..4\nok 2 b\n", 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct results r = { 0 };

		readall_in(&r, cases[i].text, 100);
		assert_int_equal(r.odd, cases[i].odd);
		assert_int_equal(r.unplanned, cases[i].unplanned);
		resultsfree(&r);
	}
	gives("KTAP version 1\n1..4294967296\nok 99999999999999999999 a\nok 1 b\n", "passed b\n");
	gives("TAP version 13\n1..1\nok 1 \033[31mred\xff\n", "passed \\x1b[31mred\\xff\n");
}

static void pardons_what_is_in_a_todo(void **state)
{
	(void)state;
	gives("KTAP version 1\n1..1\n    1..2\n    not ok 1 a\n    ok 2 b\nnot ok 1 s # TODO soon\n",
	      "todo s/a\npassed s/b\n");
}

static void keeps_what_explains_a_failure(void **state)
{
	struct results r = { 0 };

	(void)state;
	readall_in(
		&r,
		"KTAP version 1\n1..3\nok 1 a\n# b: EXPECTATION FAILED at x.c:12\n    1 == 2\nnot ok 2 b\n"
		"not ok 3 c\n  ---\n  got: 3\n  ...\nlater\n",
		7);
	assert_int_equal(r.tests.len, 3);
	assert_null(r.tests.item[0].log);
	assert_string_equal(r.tests.item[1].log, "# b: EXPECTATION FAILED at x.c:12\n    1 == 2\n");
	assert_string_equal(r.tests.item[2].log, "  got: 3\n");
	resultsfree(&r);
}

static void has_limits(void **state)
{
	struct results r = { 0 };
	struct ktap k = { .into = &r };
	struct buf line = { 0 };

	(void)state;
	ktapfeed(&k, "TAP version 13\n", 15, 0);
	for (int i = 1; i <= 50000; i++) {
		bufclear(&line);
		bufprintf(&line, "ok %d %0500d\n", i, i);
		ktapfeed(&k, line.data, line.len, 0);
	}
	for (int i = 0; i < 100; i++) {
		bufclear(&line);
		bufprintf(&line, "%*sKTAP version 1\n", i, "");
		ktapfeed(&k, line.data, line.len, 0);
	}
	ktapend(&k);
	resultscount(&r);
	assert_int_equal(r.counts[TEST_PASSED], 50000);
	assert_true(r.bytes <= 17 << 20);
	buffree(&line);
	resultsfree(&r);
}

/* What is kept while it is read is there in the end. */
static void keeps_many(void **state)
{
	struct strlist names = { 0 };
	struct results r = { 0 };
	struct ktap k = { .into = &r };
	struct buf line = { 0 };

	(void)state;
	ktapfeed(&k, "TAP version 13\n1..150000\n", 25, 0);
	for (int i = 1; i <= 150000; i++) {
		bufclear(&line);
		bufprintf(&line, "%sok %d t%d\n", i < 150000 ? "" : "not ", i, i);
		ktapfeed(&k, line.data, line.len, 0);
	}
	ktapend(&k);
	assert_int_equal(r.tests.len, 150000);
	listadd(&names, "t150000");
	expectapply(&r, &names);
	assert_int_equal(r.counts[TEST_KNOWN], 1);
	assert_false(resultsbad(&r));
	listfree(&names);
	buffree(&line);
	resultsfree(&r);
}

/* However many names a path seems to have. */
static void knows_slashes(void **state)
{
	struct strlist names = { 0 };
	struct results r = { 0 };
	struct buf text = { 0 };

	(void)state;
	bufputs(&text, "KTAP version 1\n1..2\nnot ok 1 a/b/c\nnot ok 2 /\n");
	readall_in(&r, text.data, text.len);
	listadd(&names, "a");
	listadd(&names, "b");
	expectapply(&r, &names);
	assert_int_equal(r.counts[TEST_KNOWN], 1);
	assert_string_equal(r.first, "/");
	listfree(&names);
	buffree(&text);
	resultsfree(&r);
}

static void knows_what_fails(void **state)
{
	struct strlist names = { 0 };
	struct results r = { 0 };
	struct buf out = { 0 };

	(void)state;
	put("expect", "# known\n\n  s/a\t\r\nb\nbroken\n");
	assert_int_equal(expectread(&names, "expect"), 0);
	assert_int_equal(names.len, 3);
	readall_in(
		&r,
		"KTAP version 1\n1..4\n    1..2\n    not ok 1 a\n    not ok 2 aa\nnot ok 1 s\nok 2 b\n"
		"    1..2\n    ok 1 x\nnot ok 3 broken\nnot ok 4 new\n",
		9);
	expectapply(&r, &names);
	testswalk(&r.tests, tell, &out);
	assert_string_equal(bufstr(&out), "known s/a\nfailed s/aa\npassed b\npassed broken/x\n"
					  "known broken/test 2 (the plan was 1..2)\nfailed new\n");
	assert_true(resultsbad(&r));
	assert_string_equal(r.first, "s/aa");
	assert_int_equal(r.fixed.len, 1);
	assert_string_equal(r.fixed.item[0], "b");
	assert_int_equal(resultstotal(&r), 6);
	buffree(&out);
	resultsfree(&r);
	listfree(&names);
	assert_int_equal(expectread(&names, "/nowhere/expect"), -1);
}

static void merges_what_was_seen_twice(void **state)
{
	struct results to = { 0 }, from = { 0 };
	struct buf out = { 0 };

	(void)state;
	readall_in(
		&to,
		"KTAP version 1\n1..3\n    1..2\n    ok 1 x\nok 1 a\nnot ok 2 b\n    1..2\nok 3 c\n",
		99);
	readall_in(
		&from,
		"KTAP version 1\n1..4\n    1..2\n    ok 1 x\n    ok 2 y\nok 1 a\nok 2 b\nok 3 d\n    1..1\nok 4 c\n",
		99);
	resultsmerge(&to, &from);
	testswalk(&to.tests, tell, &out);
	assert_string_equal(bufstr(&out),
			    "passed a/x\npassed a/y\nfailed b\n"
			    "missing c/tests 1 to 2 *2 (the plan was 1..2)\npassed d\n");
	assert_int_equal(from.tests.len, 0);
	buffree(&out);
	resultsfree(&to);
	resultsfree(&from);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_plain_tests),
		cmocka_unit_test(takes_no_other_text_for_tests),
		cmocka_unit_test(reads_directives),
		cmocka_unit_test(reads_the_kernels_tests),
		cmocka_unit_test(reads_selftests),
		cmocka_unit_test(reads_odd_indentation),
		cmocka_unit_test(tells_what_is_missing),
		cmocka_unit_test(tells_of_nonsense),
		cmocka_unit_test(pardons_what_is_in_a_todo),
		cmocka_unit_test(keeps_what_explains_a_failure),
		cmocka_unit_test(has_limits),
		cmocka_unit_test(keeps_many),
		cmocka_unit_test(knows_slashes),
		cmocka_unit_test(knows_what_fails),
		cmocka_unit_test(merges_what_was_seen_twice),
	};

	return cmocka_run_group_tests(tests, scratchmake, scratchremove);
}
