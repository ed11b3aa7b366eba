// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: JUnit XML of all kinds of results, against its schema. */
#include "scratch.h"

#include <libxml/xmlschemas.h>

#include "results/expect.h"
#include "results/ktap.h"
#include "runqemu/junit.h"
#include "runqemu/report.h"

#define SCHEMA "support/tests/junit/junit-10.xsd"

static xmlSchemaPtr schema;

/* Read the schema, which is below the top of the tree, and go to a scratch directory. */
static int setup(void **state)
{
	xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(SCHEMA);

	schema = parser ? xmlSchemaParse(parser) : NULL;
	xmlSchemaFreeParserCtxt(parser);
	return schema ? scratchmake(state) : -1;
}

static int teardown(void **state)
{
	xmlSchemaFree(schema);
	return scratchremove(state);
}

/* Write the record, and check it; returns the document. */
static xmlDocPtr checked(const struct result *r)
{
	xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
	xmlDocPtr doc;

	assert_int_equal(junitwrite(r, "junit.xml"), 0);
	doc = xmlReadFile("junit.xml", NULL, 0);
	assert_non_null(doc);
	assert_int_equal(xmlSchemaValidateDoc(valid, doc), 0);
	xmlSchemaFreeValidCtxt(valid);
	return doc;
}

/* How many elements of that name there are below node. */
static unsigned count(const xmlNode *node, const char *name)
{
	unsigned n = 0;

	for (; node; node = node->next)
		n += count(node->children, name) + (xmlStrcmp(node->name, BAD_CAST name) == 0);
	return n;
}

static void is_valid_whatever_is_in_it(void **state)
{
	static const char text[] =
		"KTAP version 1\n1..8\nok 1 a\nlog <&> \x01\xff\nnot ok 2 b # why \"\n"
		"ok 3 c # SKIP\nnot ok 4 d # TODO ]]>\nnot ok 5 known\n    1..2\n"
		"    ok 1 in\n    not ok 2 \xef\xbf\xbf\xef\xbf\xbe\nok 6 f\n";
	struct guestend end = { .outcome = OUT_STATUS, .totalms = 1234567 };
	struct result r = {
		.cause = "tests failed", .exit = EXIT_TESTS, .command = "a\n\"b\" \x02", .end = &end
	};
	struct ktap k = { .into = &end.results };
	struct strlist names = { 0 };
	xmlDocPtr doc;

	(void)state;
	listadd(&names, "known");
	ktapfeed(&k, text, sizeof(text) - 1, 0);
	ktapend(&k);
	expectapply(&end.results, &names);
	doc = checked(&r);
	assert_int_equal(count(doc->children, "testsuite"), 3);
	assert_int_equal(count(doc->children, "testcase"), 9);
	assert_int_equal(count(doc->children, "failure"), 2);
	assert_int_equal(count(doc->children, "error"), 1);
	assert_int_equal(count(doc->children, "skipped"), 3);
	xmlFreeDoc(doc);
	listfree(&names);
	guestendfree(&end);
}

static void has_the_run_itself(void **state)
{
	const struct result none = { .cause = "not started",
				     .detail = "no \x1b[31mkernel",
				     .exit = 125 };
	struct guestend end = { .outcome = OUT_STATUS };
	const struct result good = { .cause = "ok", .command = "true", .end = &end };
	xmlDocPtr doc = checked(&none);

	(void)state;
	assert_int_equal(count(doc->children, "testcase"), 1);
	assert_int_equal(count(doc->children, "error"), 1);
	xmlFreeDoc(doc);
	doc = checked(&good);
	assert_int_equal(count(doc->children, "testcase"), 1);
	assert_int_equal(count(doc->children, "error"), 0);
	xmlFreeDoc(doc);
	guestendfree(&end);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_valid_whatever_is_in_it),
		cmocka_unit_test(has_the_run_itself),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
