// SPDX-License-Identifier: GPL-2.0-or-later
/* lib: what an archive may ask for at most. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bound.h"
#include "base/buf.h"

/* n times component, with slashes between. Caller frees. */
static char *path(size_t n, const char *component)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (i)
			bufputc(&b, '/');
		bufputs(&b, component);
	}
	return bufsteal(&b);
}

static void check(char *name, const char *want)
{
	if (want)
		assert_string_equal(boundname(name), want);
	else
		assert_null(boundname(name));
	free(name);
}

static void names(void **state)
{
	char part[257];

	(void)state;
	memset(part, 'x', sizeof(part));
	part[256] = '\0';
	check(path(256, "d"), NULL);
	check(path(257, "d"), "it lies more than 256 directories deep");
	check(path(1, part), "its name has a component of more than 255 bytes");
	check(path(2, part), "its name has a component of more than 255 bytes");
	part[255] = '\0';
	check(path(1, part), NULL);
	check(path(16, part), NULL);
	check(path(17, part), "its name is longer than 4095 bytes");
	check(path(1000, ""), NULL);
	check(path(100000, "d"), "its name is longer than 4095 bytes");
}

static void entries(void **state)
{
	struct bound b = { 0 };

	(void)state;
	for (int i = 0; i < 1000000; i++)
		assert_null(boundentry(&b, "some/name"));
	assert_string_equal(boundentry(&b, "some/name"), "there are more than 1000000 entries");
}

static void memory(void **state)
{
	struct bound b = { 0 };
	size_t n = 0;

	(void)state;
	while (!boundkeep(&b, 1000) && n < 1000000)
		n++;
	assert_in_range(n, 200000, 300000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(entries),
		cmocka_unit_test(memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
