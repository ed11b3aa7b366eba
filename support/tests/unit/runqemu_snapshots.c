// SPDX-License-Identifier: GPL-2.0-or-later
/* When a guest that is recorded gets a snapshot, and which of them stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "runqemu/snapshots.h"

static int ours, qemus; /* the ends of the socket */

static int setup(void **state)
{
	int pair[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
	ours = pair[0];
	qemus = pair[1];
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	close(ours);
	close(qemus);
	return 0;
}

/* The commands that QEMU got, less what all have: "ask", "savevm s1", each and a comma. */
static const char *sent(void)
{
	static char text[1024];
	char data[8192], *rest = data, *line;
	ssize_t n = read(qemus, data, sizeof(data) - 1);
	struct buf all = { 0 };

	data[n < 0 ? 0 : n] = '\0';
	while ((line = strsep(&rest, "\n"))) {
		char *command = strstr(line, "command-line\":\"");

		if (command) {
			command = strchr(command, ':') + 2;
			bufprintf(&all, "%.*s,", (int)strcspn(command, "\""), command);
		} else if (*line) {
			assert_non_null(strstr(line, "query-replay"));
			bufputs(&all, "ask,");
		}
	}
	snprintf(text, sizeof(text), "%s", bufstr(&all));
	buffree(&all);
	return text;
}

/* QEMU answers, by a line of QMP. */
static void answer(struct snapshots *s, const char *line)
{
	struct qmp q = { 0 };

	qmpfeed(&q, line, strlen(line));
	qmpfeed(&q, "\n", 1);
	assert_int_not_equal(q.snapshot, REPLY_NONE);
	snapshotsreply(s, &q, ours);
	qmpfree(&q);
}

/* It is asked, and the guest has run for so many instructions. */
static void at(struct snapshots *s, double icount)
{
	char line[200];

	snapshotsask(s, ours, 1);
	assert_string_equal(sent(), "ask,");
	assert_int_equal(snapshotsnext(s), -1);
	snprintf(line, sizeof(line),
		 "{\"return\": {\"icount\": %.0f, \"mode\": \"record\"}, \"id\": \"snapshot\"}",
		 icount);
	answer(s, line);
}

static void saved(struct snapshots *s)
{
	answer(s, "{\"return\": \"\", \"id\": \"snapshot\"}");
}

static void none(void **state)
{
	struct snapshots s;

	(void)state;
	snapshotsstart(&s, 0);
	assert_int_equal(snapshotsnext(&s), -1);
	snapshotsfree(&s);
}

static void intervals(void **state)
{
	struct snapshots s;

	(void)state;
	snapshotsstart(&s, 4);
	assert_true(snapshotsnext(&s) >= 0);
	at(&s, 99e6);
	assert_string_equal(sent(), "");
	assert_int_equal(snapshotsnext(&s), 1 + SNAPSHOTS_MS);
	at(&s, 101e6);
	assert_string_equal(sent(), "savevm s1,");
	assert_int_equal(snapshotsnext(&s), -1);
	saved(&s);
	assert_int_equal(snapshotsnext(&s), 1 + SNAPSHOTS_MS);
	at(&s, 200e6);
	assert_string_equal(sent(), "");
	for (int i = 2; i <= 4; i++) {
		at(&s, i * 101e6);
		assert_non_null(strstr(sent(), "savevm "));
		assert_int_equal(s.len, i - 1);
		saved(&s);
	}
	/* Four are too many: the last one stays. The interval is twice as long. */
	assert_string_equal(sent(), "delvm s1,delvm s3,");
	assert_int_equal(s.len, 2);
	assert_int_equal(s.kept[0], 2);
	assert_int_equal(s.kept[1], 4);
	at(&s, 600e6);
	assert_string_equal(sent(), "");
	at(&s, 605e6);
	assert_string_equal(sent(), "savevm s5,");
	saved(&s);
	assert_null(s.why);
	snapshotsfree(&s);
}

static void few(void **state)
{
	struct snapshots s;

	(void)state;
	snapshotsstart(&s, 3);
	for (int i = 1; i <= 3; i++) {
		at(&s, i * 200e6);
		(void)sent();
		saved(&s);
	}
	assert_string_equal(sent(), "delvm s2,");
	snapshotsfree(&s);
}

static void trouble(void **state)
{
	struct snapshots s;

	(void)state;
	snapshotsstart(&s, 4);
	at(&s, 200e6);
	assert_string_equal(sent(), "savevm s1,");
	answer(&s, "{\"return\": \"Error: No space left on device\\r\\n\", \"id\": \"snapshot\"}");
	assert_string_equal(s.why, "Error: No space left on device");
	assert_int_equal(snapshotsnext(&s), -1);
	snapshotsfree(&s);

	snapshotsstart(&s, 4);
	snapshotsask(&s, ours, 1);
	answer(&s, "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"no such command\"}, "
		   "\"id\": \"snapshot\"}");
	assert_string_equal(s.why, "no such command");
	snapshotsfree(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none),
		cmocka_unit_test_setup_teardown(intervals, setup, teardown),
		cmocka_unit_test_setup_teardown(few, setup, teardown),
		cmocka_unit_test_setup_teardown(trouble, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
