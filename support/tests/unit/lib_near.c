// SPDX-License-Identifier: GPL-2.0-or-later
/* What somebody meant who typed a name that there is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/near.h"

static void distances(void **state)
{
	static const struct {
		const char *a, *b;
		unsigned max, want;
	} row[] = {
		{ "", "", 3, 0 },
		{ "A", "A", 3, 0 },
		{ "", "AB", 3, 2 },
		{ "FOO", "FO", 3, 1 },
		{ "FOO", "FOOT", 3, 1 },
		{ "FOO", "FOX", 3, 1 },
		{ "FOO", "OFO", 3, 1 },
		{ "ABCD", "ABDC", 3, 1 },
		{ "KITTEN", "SITTING", 3, 3 },
		{ "KITTEN", "SITTING", 2, 3 },
		{ "A", "ABCDEF", 3, 4 },
		{ "ABC", "XYZ", 1, 2 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		if (editdistance(row[i].a, row[i].b, row[i].max) != row[i].want ||
		    editdistance(row[i].b, row[i].a, row[i].max) != row[i].want)
			fail_msg("%s and %s", row[i].a, row[i].b);
	}
}

/* The letters of a name that it may be off, and no more. */
static void nearest(void **state)
{
	static const char *const names[] = { "PORTS", "TIMEOUT", "A", "RUN", "KERNEL", "KERNELS" };
	static const struct {
		const char *name, *want;
	} row[] = {
		{ "PORT", "PORTS" },	    { "PRTS", "PORTS" },      { "TIMOEUT", "TIMEOUT" },
		{ "TIMEUT", "TIMEOUT" },    { "TOUT", NULL },	      { "B", NULL },
		{ "RUNS", "RUN" },	    { "ports", "PORTS" },     { "CC", NULL },
		{ "KERNELL", "KERNEL" },    { "KERNELS", "KERNELS" }, { "", NULL },
		{ "SOMETHING_ELSE", NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct near n;

		nearstart(&n, row[i].name, nearletters(row[i].name));
		for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
			neartry(&n, names[k]);
		if (!n.found != !row[i].want || (n.found && strcmp(n.found, row[i].want) != 0))
			fail_msg("%s: %s", row[i].name, n.found ? n.found : "none");
	}
}

/* Names without end are near to nothing, and cost nothing. */
static void bounds(void **state)
{
	static char a[100000], b[100000];

	(void)state;
	memset(a, 'a', sizeof(a) - 1);
	memset(b, 'a', sizeof(b) - 1);
	assert_int_equal(editdistance(a, b, 3), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distances),
		cmocka_unit_test(nearest),
		cmocka_unit_test(bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
