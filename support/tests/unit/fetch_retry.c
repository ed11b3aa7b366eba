// SPDX-License-Identifier: GPL-2.0-or-later
/* What follows on which outcome, and after how long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fetch/retry.h"

static void judges(void **state)
{
	static const struct {
		struct outcome o;
		enum verdict want;
	} cases[] = {
		{ { .code = CURLE_OK, .status = 200 }, GOT },
		{ { .code = CURLE_OK, .status = 206 }, GOT },
		{ { .code = CURLE_OK }, GOT },
		{ { .code = CURLE_OK, .status = 204 }, ELSEWHERE },
		{ { .code = CURLE_OK, .status = 301 }, REDIRECT },
		{ { .code = CURLE_HTTP_RETURNED_ERROR, .status = 404 }, ELSEWHERE },
		{ { .code = CURLE_HTTP_RETURNED_ERROR, .status = 403 }, ELSEWHERE },
		{ { .code = CURLE_HTTP_RETURNED_ERROR, .status = 408 }, AGAIN },
		{ { .code = CURLE_HTTP_RETURNED_ERROR, .status = 429 }, AGAIN },
		{ { .code = CURLE_HTTP_RETURNED_ERROR, .status = 416 }, RESTART },
		{ { .code = CURLE_HTTP_RETURNED_ERROR, .status = 500 }, AGAIN },
		{ { .status = 503, .retryafter = RETRY_AFTER_MAX }, AGAIN },
		{ { .status = 503, .retryafter = RETRY_AFTER_MAX + 1 }, ELSEWHERE },
		{ { .code = CURLE_WRITE_ERROR, .status = 206, .restart = 1 }, RESTART },
		{ { .code = CURLE_BAD_DOWNLOAD_RESUME }, RESTART },
		{ { .code = CURLE_PARTIAL_FILE, .status = 200, .connected = 1 }, AGAIN },
		{ { .code = CURLE_RECV_ERROR, .connected = 1 }, AGAIN },
		{ { .code = CURLE_OPERATION_TIMEDOUT, .status = 200, .connected = 1 }, AGAIN },
		{ { .code = CURLE_OPERATION_TIMEDOUT }, UNREACHABLE },
		{ { .code = CURLE_COULDNT_CONNECT }, UNREACHABLE },
		{ { .code = CURLE_COULDNT_RESOLVE_HOST }, UNREACHABLE },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION }, ELSEWHERE },
		{ { .code = CURLE_FILE_COULDNT_READ_FILE }, ELSEWHERE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (retryjudge(&cases[i].o) != cases[i].want)
			fail_msg("case %zu: got verdict %d", i, retryjudge(&cases[i].o));
	}
}

static void pauses(void **state)
{
	(void)state;
	assert_int_equal(retrypause(1000, 1, 0), 1000);
	assert_int_equal(retrypause(1000, 2, 0), 2000);
	assert_int_equal(retrypause(1000, 3, 0), 4000);
	assert_int_equal(retrypause(1000, 50, 0), 30000);
	assert_int_equal(retrypause(0, 9, 12345), 0);
	for (unsigned r = 0; r < 5000; r++)
		assert_in_range(retrypause(1000, 1, r), 1000, 1500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges),
		cmocka_unit_test(pauses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
