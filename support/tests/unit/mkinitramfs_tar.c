// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: capabilities of files, and records of tar archives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mkinitramfs/create/tar.h"
#include "mkinitramfs/tree/capability.h"

/* The length in front counts its own digits, also where one more of them makes it longer. */
static void records(void **state)
{
	char value[1000];
	struct buf out = { 0 };

	(void)state;
	memset(value, 'x', sizeof(value));
	for (size_t len = 0; len < sizeof(value); len++) {
		bufclear(&out);
		tarrecord(&out, "path", value, len);
		assert_int_equal(strtoul(bufstr(&out), NULL, 10), out.len);
		assert_int_equal(out.data[out.len - 1], '\n');
	}
	buffree(&out);
}

static void capabilities(void **state)
{
	unsigned char out[CAPABILITY_BYTES];
	static const unsigned char chown[] = { 1, 0, 0, 2, 1, 0, 0, 0, 0, 0,
					       0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
	static const unsigned char all[] = { 0,	  0,   0,   2, 255, 255, 255, 255, 255, 255,
					     255, 255, 255, 1, 0,   0,	 255, 1,   0,	0 };

	(void)state;
	assert_null(capabilityparse("cap_chown+ep", out));
	assert_memory_equal(out, chown, sizeof(chown));
	assert_null(capabilityparse("all+pi", out));
	assert_memory_equal(out, all, sizeof(all));
	assert_non_null(capabilityparse("", out));
	assert_non_null(capabilityparse("+ep", out));
	assert_non_null(capabilityparse("cap_chown", out));
	assert_non_null(capabilityparse("cap_chown+", out));
	assert_non_null(capabilityparse("cap_chown+x", out));
	assert_non_null(capabilityparse("chown+ep", out));
	assert_non_null(capabilityparse("cap_chow+ep", out));
	assert_non_null(capabilityparse("cap_chown,,cap_kill+ep", out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records),
		cmocka_unit_test(capabilities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
