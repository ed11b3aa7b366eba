// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: records among the bytes that a session sends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "runqemu/records.h"

#define MARK                                                                                       \
	"\036"                                                                                     \
	"0123456789abcdef0123456789abcdef "

/* Feed text in pieces of size bytes and compare what comes out; s is left for more checks. */
static void expect(struct stream *s, const char *text, size_t len, size_t size, const char *want)
{
	struct buf out = { 0 };

	for (size_t at = 0; at < len; at += size)
		streamfeed(s, text + at, len - at < size ? len - at : size, &out);
	assert_string_equal(bufstr(&out), want);
	buffree(&out);
}

static void takes_records_out(void **state)
{
	static const char text[] = "boot noise\n" MARK "ready\none\036two\n\036\036" MARK
				   "other\nthree" MARK "status 42\nlate";

	(void)state;
	for (size_t size = 1; size < sizeof(text); size++) {
		struct stream s;

		streaminit(&s, MARK, false);
		expect(&s, text, sizeof(text) - 1, size, "one\036two\n\036\036three");
		assert_true(s.ready);
		assert_true(s.ended);
		assert_int_equal(s.status, 42);
		streamfree(&s);
	}
}

static void keeps_all_bytes(void **state)
{
	struct buf all = { 0 }, out = { 0 };
	struct stream s;

	(void)state;
	for (int i = 0; i < 4096; i++)
		bufputc(&all, (char)(i * 7));
	streaminit(&s, MARK, true);
	streamfeed(&s, all.data, all.len, &out);
	streamflush(&s, &out);
	assert_int_equal(out.len, all.len);
	assert_memory_equal(out.data, all.data, all.len);
	streamfree(&s);
	buffree(&all);
	buffree(&out);
}

static void holds_what_may_be_a_record(void **state)
{
	struct buf out = { 0 };
	struct stream s;

	(void)state;
	streaminit(&s, MARK, true);
	streamfeed(&s, "a" MARK "stat", 1 + MARKLEN + 4, &out);
	assert_string_equal(bufstr(&out), "a");
	streamflush(&s, &out);
	assert_string_equal(bufstr(&out), "a" MARK "stat");
	assert_int_equal(s.status, -1);
	streamfree(&s);
	buffree(&out);
}

static void believes_only_the_mark(void **state)
{
	static const char text[] = "\036"
				   "1123456789abcdef0123456789abcdef status 0\n";
	struct stream s;

	(void)state;
	streaminit(&s, MARK, true);
	expect(&s, text, sizeof(text) - 1, 5, text);
	assert_int_equal(s.status, -1);
	assert_false(s.ended);
	streamfree(&s);
}

/* What is no record of ours says nothing, least of all that all is well. */
static void wants_whole_records(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		int status;
	} cases[] = {
#define CASE(text, status) { text, sizeof(text) - 1, status }
		CASE("status 0\n", 0),	   CASE("status 255\n", 255),	CASE("status 007\r\n", 7),
		CASE("status \n", -1),	   CASE("status\n", -1),	CASE("status x\n", -1),
		CASE("status 256\n", -1),  CASE("status -1\n", -1),	CASE("status 0x\n", -1),
		CASE("status 0 \n", -1),   CASE("status  0\n", -1),	CASE("status 0000\n", -1),
		CASE("status 0\r7\n", -1), CASE("status 0\0007\n", -1), CASE(" status 0\n", -1),
		CASE("Status 0\n", -1),	   CASE("status 0", -1),	CASE("status 0\r", -1),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf out = { 0 };
		struct stream s;

		streaminit(&s, MARK, true);
		streamfeed(&s, MARK, MARKLEN, &out);
		streamfeed(&s, cases[i].text, cases[i].len, &out);
		if (s.status != cases[i].status)
			fail_msg("%s: %d", cases[i].text, s.status);
		assert_int_equal(s.ended, cases[i].status >= 0);
		streamfree(&s);
		buffree(&out);
	}
}

/* One that is too long is none, however much of it comes at once. */
static void wants_short_records(void **state)
{
	static const char text[] = MARK "status 7                                \nx";

	(void)state;
	for (size_t size = 1; size < sizeof(text); size++) {
		struct stream s;

		streaminit(&s, MARK, true);
		expect(&s, text, sizeof(text) - 1, size, text + MARKLEN);
		assert_int_equal(s.status, -1);
		streamfree(&s);
	}
}

/* What comes after a status changes nothing, and is not kept either. */
static void the_first_status_counts(void **state)
{
	static const char text[] =
		"a" MARK "status 7\nb" MARK "status 0\n" MARK "ready\nc" MARK "end\n";
	struct buf late = { 0 };
	struct stream s;

	(void)state;
	for (size_t size = 1; size < sizeof(text); size++) {
		streaminit(&s, MARK, true);
		expect(&s, text, sizeof(text) - 1, size, "a");
		streamfeed(&s, MARK "status 0\n", MARKLEN + 9, &late);
		streamflush(&s, &late);
		assert_int_equal(late.len, 0);
		assert_int_equal(s.status, 7);
		streamfree(&s);
	}
}

/* A terminal makes CR LF of a newline. */
static void takes_records_of_a_terminal(void **state)
{
	static const char text[] = "x\r\n" MARK "ready\r\nshell\r\n" MARK "status 7\r\n";
	struct stream s;

	(void)state;
	streaminit(&s, MARK, false);
	expect(&s, text, sizeof(text) - 1, 3, "shell\r\n");
	assert_int_equal(s.status, 7);
	streamfree(&s);
}

/* The same text as a terminal of the guest's sends it, and in its own form. */
static void undoes_what_a_terminal_makes(void **state)
{
	static const char plain[] = "one\ntwo\r\nthree\r\r\n\n\rfour\r\036x\r";
	struct buf text = { 0 };

	(void)state;
	bufputs(&text, "noise\r\n" MARK "ready\r\n");
	for (const char *p = plain; *p; p++) {
		if (*p == '\n')
			bufputc(&text, '\r');
		bufputc(&text, *p);
	}
	for (size_t size = 1; size < 20; size++) {
		struct stream s;
		struct buf out = { 0 };

		streaminit(&s, MARK, false);
		s.serial = true;
		expect(&s, text.data, text.len, size, "one\ntwo\r\nthree\r\r\n\n\rfour\r\036x");
		streamflush(&s, &out); /* the last CR could have been the terminal's */
		assert_string_equal(bufstr(&out), "\r");
		buffree(&out);
		streamfree(&s);
	}
	bufputs(&text, MARK "status 3\r\n");
	for (size_t size = 1; size < 20; size++) {
		struct stream s;

		streaminit(&s, MARK, false);
		s.serial = true;
		expect(&s, text.data, text.len, size, plain);
		assert_int_equal(s.status, 3);
		streamfree(&s);
	}
	buffree(&text);
}

/* One that changes nothing: the session has set it so. */
static void leaves_a_raw_terminal(void **state)
{
	static const char text[] = MARK "ready\none\r\ntwo\r\r\n" MARK "status 0\n";
	struct stream s;

	(void)state;
	streaminit(&s, MARK, false);
	s.serial = true;
	expect(&s, text, sizeof(text) - 1, 7, "one\r\ntwo\r\r\n");
	streamfree(&s);
}

static void ends_without_a_status(void **state)
{
	struct stream s;

	(void)state;
	streaminit(&s, MARK, true);
	expect(&s, "e" MARK "end\nx", MARKLEN + 6, 100, "e");
	assert_true(s.ended);
	assert_int_equal(s.status, -1);
	streamfree(&s);
}

static void marks_differ(void **state)
{
	char a[MARKLEN + 1], b[MARKLEN + 1];

	(void)state;
	assert_int_equal(marknew(a), 0);
	assert_int_equal(marknew(b), 0);
	assert_int_equal(strlen(a), MARKLEN);
	assert_int_equal(a[0], '\036');
	assert_int_equal(strspn(a + 1, "0123456789abcdef"), 32);
	assert_string_not_equal(a, b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_records_out),
		cmocka_unit_test(keeps_all_bytes),
		cmocka_unit_test(holds_what_may_be_a_record),
		cmocka_unit_test(believes_only_the_mark),
		cmocka_unit_test(takes_records_of_a_terminal),
		cmocka_unit_test(undoes_what_a_terminal_makes),
		cmocka_unit_test(leaves_a_raw_terminal),
		cmocka_unit_test(wants_whole_records),
		cmocka_unit_test(wants_short_records),
		cmocka_unit_test(the_first_status_counts),
		cmocka_unit_test(ends_without_a_status),
		cmocka_unit_test(marks_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
