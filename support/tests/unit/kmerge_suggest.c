// SPDX-License-Identifier: GPL-2.0-or-later
/* kmerge: what symbol was meant; and the table that symbols are kept in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kmerge/suggest.h"

static void suggests(void **state)
{
	static const char *const names[] = { "PRINTK", "PRINTK_TIME",	  "MITIGATION_PAGE_TABLE",
					     "NET_9P", "USB_STORAGE_ONE", "USB_STORAGE_TWO" };
	struct kconfig k = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		kentryname(&k, kentryadd(&k, KENTRY_CONFIG), names[i]);
	kentryadd(&k, KENTRY_MENU);
	assert_string_equal(suggest(&k, "PRINTKK"), "PRINTK");
	assert_string_equal(suggest(&k, "PRITNK_TIME"), "PRINTK_TIME");
	assert_string_equal(suggest(&k, "PAGE_TABLE"), "MITIGATION_PAGE_TABLE");
	assert_null(suggest(&k, "USB_STORAGE")); /* two are as likely */
	assert_null(suggest(&k, "X"));
	assert_null(suggest(&k, "SOMETHING_ELSE"));
	kconfigfree(&k);
}

/* A name that no symbol has is not compared with others like it. */
static void names_have_bounds(void **state)
{
	char name[251], other[252];
	struct kconfig k = { 0 };

	(void)state;
	memset(name, 'A', sizeof(name) - 1);
	memset(other, 'A', sizeof(other) - 1);
	name[250] = other[251] = '\0';
	kentryname(&k, kentryadd(&k, KENTRY_CONFIG), other);
	assert_null(suggest(&k, name));
	kentryname(&k, kentryadd(&k, KENTRY_CONFIG), name + 51);
	assert_string_equal(suggest(&k, name + 50), name + 51);
	kconfigfree(&k);
}

static void tables(void **state)
{
	static char name[5000][8];
	struct table t = { 0 };

	(void)state;
	assert_null(tableget(&t, "x"));
	for (size_t i = 0; i < 5000; i++) {
		snprintf(name[i], sizeof(name[i]), "N%zu", i);
		*tableput(&t, name[i]) = name[i];
	}
	assert_int_equal(t.len, 5000);
	for (size_t i = 0; i < 5000; i++)
		assert_ptr_equal(tableget(&t, name[i]), name[i]);
	assert_null(tableget(&t, "N5000"));
	*tableput(&t, "N7") = name;
	assert_int_equal(t.len, 5000);
	assert_ptr_equal(tableget(&t, "N7"), name);
	tablefree(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suggests),
		cmocka_unit_test(names_have_bounds),
		cmocka_unit_test(tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
