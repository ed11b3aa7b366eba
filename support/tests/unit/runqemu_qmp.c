// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: what QEMU says of the guest's end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "runqemu/qmp.h"

#define GREETING "{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n{\"return\": {}}\r\n"

static enum qmpend tell(const char *text, size_t size)
{
	struct qmp q = { 0 };
	enum qmpend end;

	for (size_t at = 0; at < strlen(text); at += size)
		qmpfeed(&q, text + at, strlen(text + at) < size ? strlen(text + at) : size);
	end = q.end;
	qmpfree(&q);
	return end;
}

static void knows_how_it_ended(void **state)
{
	static const struct {
		const char *text;
		enum qmpend end;
	} cases[] = {
		{ GREETING, QMP_RUNNING },
		{ GREETING "{\"event\": \"STOP\"}\n", QMP_RUNNING },
		{ GREETING "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": true, "
			   "\"reason\": \"guest-shutdown\"}}\r\n",
		  QMP_SHUTDOWN },
		{ GREETING "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": true, "
			   "\"reason\": \"guest-reset\"}}\r\n",
		  QMP_RESET },
		{ "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": true, "
		  "\"reason\": \"guest-panic\"}}\n",
		  QMP_PANICKED },
		{ "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": false, "
		  "\"reason\": \"host-qmp-quit\"}}\n",
		  QMP_QUIT },
		{ "{\"event\": \"SHUTDOWN\"}\n", QMP_QUIT },
		{ "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": true, \"reason\": \"guest-reset\"}}\n"
		  "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": false}}\n",
		  QMP_RESET },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(tell(cases[i].text, 1000), cases[i].end);
		assert_int_equal(tell(cases[i].text, 7), cases[i].end);
	}
}

static void survives_nonsense(void **state)
{
	(void)state;
	assert_int_equal(tell("\n\n{\n[]\n\"SHUTDOWN\"\n{\"event\": 1}\n{\"event\": \"SHUT", 5),
			 QMP_RUNNING);
	assert_int_equal(tell("{\"event\": \"SHUTDOWN\", \"data\": [\"guest\"]}\n", 5), QMP_QUIT);
}

/* Whether the guest counts as stopped after text, and whether QEMU is to be asked. */
static void stops(const char *text, bool stopped, bool asks)
{
	struct qmp q = { 0 };

	qmpfeed(&q, text, strlen(text));
	assert_int_equal(q.stopped, stopped);
	assert_int_equal(q.asks, asks);
	qmpfree(&q);
}

static void knows_who_stopped_it(void **state)
{
	(void)state;
	stops(GREETING, false, false);
	stops("{\"event\": \"STOP\"}\n", true, true);
	stops("{\"event\": \"STOP\"}\n{\"return\": {\"status\": \"debug\"}}\n", true, true);
	stops("{\"event\": \"STOP\"}\n{\"event\": \"RESUME\"}\n", false, true);
	stops("{\"event\": \"STOP\"}\n{\"return\": {\"status\": \"internal-error\"}}\n", false,
	      true);
}

/* It greets before it has made the machine, and answers afterwards. */
static void knows_when_files_are_read(void **state)
{
	static const char *const before[] = { "{\"QMP\": {\"version\": {}}}\r\n",
					      "{\"event\": \"RESUME\"}\n" };
	struct qmp q = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		qmpfeed(&q, before[i], strlen(before[i]));
	assert_false(q.loaded);
	qmpfeed(&q, "{\"return\": {}}\n", strlen("{\"return\": {}}\n"));
	assert_true(q.loaded);
	qmpfree(&q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_how_it_ended),
		cmocka_unit_test(survives_nonsense),
		cmocka_unit_test(knows_who_stopped_it),
		cmocka_unit_test(knows_when_files_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
