// SPDX-License-Identifier: GPL-2.0-or-later
/* Programs that are run for what they write. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "fs/capture.h"

/* Run a command of the shell with that input (NULL: none), for at most wait milliseconds. */
static int run(const char *command, const char *input, int wait, struct buf *out, struct buf *err)
{
	char *argv[] = { "sh", "-c", (char *)command, NULL };
	char *env[] = { "A=b", "PATH=/usr/bin:/bin", NULL };
	struct capture c = { .argv = argv, .env = env, .in = -1, .file = -1, .wait = wait };
	int ret, error;

	if (input)
		c.in = memoryfile(input, strlen(input));
	ret = capture(&c, out, err);
	error = errno;
	if (c.in >= 0)
		close(c.in);
	errno = error;
	return ret;
}

static void output(void **state)
{
	struct buf out = { 0 }, err = { 0 };

	(void)state;
	assert_int_equal(run("cat; echo $A; echo x >&2; exit 3", "input ", 5000, &out, &err), 3);
	assert_string_equal(bufstr(&out), "input b\n");
	assert_string_equal(bufstr(&err), "x\n");
	bufclear(&out);
	assert_int_equal(run("cat; kill -TERM $$", NULL, 5000, &out, NULL), 128 + 15);
	assert_string_equal(bufstr(&out), "");
	/* Closing what it writes to is no end. */
	assert_int_equal(run("exec >&- 2>&-; sleep 0.2; exit 4", NULL, 5000, &out, &err), 4);
	buffree(&out);
	buffree(&err);
}

static void much(void **state)
{
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(run("head -c 3000000 /dev/zero", NULL, 20000, &out, NULL), 0);
	assert_true(out.len >= 1 << 20);
	assert_true(out.len < 3000000);
	buffree(&out);
}

static void file(void **state)
{
	char *argv[] = { "cat", "/proc/self/fd/3", NULL };
	char *env[] = { NULL };
	struct capture c = { .argv = argv, .env = env, .in = -1, .wait = 5000 };
	struct buf out = { 0 };

	(void)state;
	c.file = memoryfile("text", 4);
	assert_true(c.file >= 0);
	assert_int_equal(capture(&c, &out, NULL), 0);
	assert_string_equal(bufstr(&out), "text");
	close(c.file);
	buffree(&out);
}

/* No terminal, and a session of its own. */
static void alone(void **state)
{
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(
		run("if (: </dev/tty) 2>/dev/null; then echo tty; fi", NULL, 5000, &out, NULL), 0);
	assert_string_equal(bufstr(&out), "");
	buffree(&out);
}

static void late(void **state)
{
	struct buf out = { 0 };
	int64_t start = clockms();

	(void)state;
	assert_int_equal(run("echo here; sleep 60 & wait", NULL, 300, &out, NULL), -1);
	assert_int_equal(errno, ETIME);
	assert_string_equal(bufstr(&out), "");
	assert_true(clockms() - start < 10000);
	buffree(&out);
}

static void missing(void **state)
{
	char *argv[] = { "no-such-program", NULL };
	char *env[] = { NULL };
	const struct capture c = { .argv = argv, .env = env, .in = -1, .file = -1, .wait = 5000 };
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(capture(&c, &out, NULL), -1);
	assert_int_equal(errno, ENOENT);
	buffree(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output), cmocka_unit_test(much), cmocka_unit_test(file),
		cmocka_unit_test(alone),  cmocka_unit_test(late), cmocka_unit_test(missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
