// SPDX-License-Identifier: GPL-2.0-or-later
/* What follows on which outcome, and after how long. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fetch/pace.h"
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
		{ { .code = CURLE_WRITE_ERROR, .status = 200, .refused = 1 }, ELSEWHERE },
		{ { .code = CURLE_WRITE_ERROR, .status = 302, .refused = 1 }, ELSEWHERE },
		{ { .code = CURLE_WRITE_ERROR, .status = 206, .restart = 1, .refused = 1 },
		  ELSEWHERE },
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

static void waits(void **state)
{
	static const struct {
		long status;
		long long said;
		long want;
	} cases[] = {
		{ 429, 5, 5 },
		{ 503, 5, 5 },
		{ 503, 0, 0 },
		{ 503, -1, 0 },
		{ 503, LLONG_MIN, 0 },
		{ 503, RETRY_AFTER_MAX + 1, RETRY_AFTER_MAX + 1 },
		{ 503, INT_MAX, INT_MAX },
		{ 503, (long long)INT_MAX + 1, INT_MAX },
		{ 429, LLONG_MAX, INT_MAX },
		{ 200, 3567587, 0 },
		{ 206, 5, 0 },
		{ 302, 5, 0 },
		{ 408, 5, 0 },
		{ 500, 5, 0 },
		{ 0, 5, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (retrywait(cases[i].status, cases[i].said) != cases[i].want)
			fail_msg("case %zu: %ld", i, retrywait(cases[i].status, cases[i].said));
	}
}

/* The windows of 10 s of transfers, which bring so many bytes, and where the first too slow one is.
 */
static void paces(void **state)
{
	static const struct {
		off_t brought[3];
		int slow;
	} cases[] = {
		{ { 10000, 10000, 10000 }, -1 }, { { 9999, 10000, 10000 }, 0 },
		{ { 0, 90000, 90000 }, 0 },	 { { 90000, 0, 90000 }, 1 },
		{ { 10000, 1000000, 9 }, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct pace p = { .since = 5000 };
		int64_t now = 5000;
		off_t got = 0;
		int slow = -1;

		for (int w = 0; w < 3 && slow < 0; w++) {
			got += cases[i].brought[w];
			assert_int_equal(paceslow(&p, got, now + 9999, 1000, 10), 0);
			now += 10000;
			if (paceslow(&p, got, now, 1000, 10))
				slow = w;
		}
		if (slow != cases[i].slow)
			fail_msg("case %zu: window %d", i, slow);
	}
	assert_int_equal(paceslow(&(struct pace){ 0 }, 0, 1000000, 0, 10), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges),
		cmocka_unit_test(pauses),
		cmocka_unit_test(waits),
		cmocka_unit_test(paces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
