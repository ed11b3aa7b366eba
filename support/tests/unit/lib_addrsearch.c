// SPDX-License-Identifier: GPL-2.0-or-later
/* Which item of a table begins at an address or before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "oops/addrsearch.h"

static void places(void **state)
{
	static const struct {
		const char *name;
		uint64_t start;
		char more[3];
	} item[] = {
		{ "a", 10, "" }, { "b", 20, "" }, { "same", 20, "" }, { "last", UINT64_MAX, "" }
	};
	static const struct {
		uint64_t addr;
		size_t want;
	} row[] = { { 0, 0 },	      { 9, 0 },	 { 10, 1 }, { 11, 1 },
		    { 19, 1 },	      { 20, 3 }, { 21, 3 }, { UINT64_MAX - 1, 3 },
		    { UINT64_MAX, 4 } };

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++)
		assert_int_equal(addrsearch(&item->start, sizeof(*item), 4, row[i].addr),
				 row[i].want);
	assert_int_equal(addrsearch(&item->start, sizeof(*item), 1, 9), 0);
	assert_int_equal(addrsearch(&item->start, sizeof(*item), 1, 10), 1);
	assert_int_equal(addrsearch(&item->start, sizeof(*item), 0, 10), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
