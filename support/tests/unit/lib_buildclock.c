// SPDX-License-Identifier: GPL-2.0-or-later
/* The build's clock: forward only, whatever happens to its file or to the machine's clock. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fs/buildclock.h"
#include "scratch.h"

enum { FIRST = 1000000001 };

static int setup(void **state)
{
	return scratchmake(state) < 0 ? -1 : mkdirs("b/p");
}

static long timeof(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mtim.tv_nsec, 0);
	return st.st_mtime;
}

static void forward(void **state)
{
	struct timespec future[2] = { { .tv_sec = 4000000000 }, { .tv_sec = 4000000000 } };

	(void)state;
	put("b/p/x", "kept");
	assert_int_equal(buildclockset("b/.clock", "b/p/x"), 0);
	assert_int_equal(timeof("b/p/x"), FIRST);
	assert_int_equal(buildclocktouch("b/.clock", "b/p/stamp"), 0);
	assert_int_equal(timeof("b/p/stamp"), FIRST + 1);
	/* one that is there keeps its content, and loses a time that lies in the future */
	assert_int_equal(utimensat(AT_FDCWD, "b/p/x", future, 0), 0);
	assert_int_equal(buildclocktouch("b/.clock", "b/p/x"), 0);
	assert_int_equal(timeof("b/p/x"), FIRST + 2);

	struct buf b = { 0 };

	assert_int_equal(fileread("b/p/x", &b), 0);
	assert_string_equal(bufstr(&b), "kept");
	bufclear(&b);
	assert_int_equal(fileread("b/.clock", &b), 0);
	assert_string_equal(bufstr(&b), "1000000003\n");
	buffree(&b);
}

/* A clock file that is lost or damaged goes on after the newest tick that a file carries. */
static void recovers(void **state)
{
	static const char *const damage[] = { "",
					      "x",
					      "-5\n",
					      "12",
					      "99999999999999999999999999\n",
					      "1999999999\n",
					      "garbage, and more of it than a line\n" };
	long last;

	(void)state;
	assert_int_equal(buildclocktouch("b/.clock", "b/p/stamp"), 0);
	last = timeof("b/p/stamp");
	put("b/p/now", "a time of the machine's clock counts for nothing");
	for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
		put("b/.clock", damage[i]);
		assert_int_equal(buildclocktouch("b/.clock", "b/p/stamp"), 0);
		assert_int_equal(timeof("b/p/stamp"), ++last);
		assert_int_equal(buildclocktouch("b/.clock", "b/p/stamp"), 0);
		assert_int_equal(timeof("b/p/stamp"), ++last);
	}
	assert_int_equal(unlink("b/.clock"), 0);
	assert_int_equal(buildclocktouch("b/.clock", "b/p/other"), 0);
	assert_int_equal(timeof("b/p/other"), ++last);
}

/* No stamp is left with a time of the machine's clock: it would be newer than every tick. */
static void failures(void **state)
{
	struct strlist names = { 0 };

	(void)state;
	assert_int_equal(mkdirs("b/.clock"), 0);
	assert_int_equal(buildclocktouch("b/.clock", "b/p/stamp"), -1);
	assert_int_equal(errno, EISDIR);
	assert_int_equal(dirlist("b/p", &names), 0);
	assert_int_equal(names.len, 0);
	assert_int_equal(treeremove("b/.clock"), 0);
	assert_int_equal(buildclockset("b/.clock", "b/p/missing"), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(buildclocktouch("b/.clock", "b/none/stamp"), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(buildclocktouch("none/.clock", "b/p/stamp"), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(access("b/p/stamp", F_OK), -1);
}

/* Each of several processes gets ticks that no other gets. */
static void together(void **state)
{
	enum { PROCESSES = 4, EACH = 50 };
	char seen[PROCESSES * EACH] = { 0 };
	pid_t pid[PROCESSES];

	(void)state;
	for (int i = 0; i < PROCESSES; i++) {
		pid[i] = fork();
		assert_true(pid[i] >= 0);
		for (int k = 0; pid[i] == 0 && k < EACH; k++) {
			char *path = xasprintf("b/p/%d.%d", i, k);

			if (buildclocktouch("b/.clock", path) < 0)
				_exit(1);
			free(path);
		}
		if (pid[i] == 0)
			_exit(0);
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status;

		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	for (int i = 0; i < PROCESSES * EACH; i++) {
		char *path = xasprintf("b/p/%d.%d", i / EACH, i % EACH);
		long at = timeof(path) - FIRST;

		assert_in_range(at, 0, PROCESSES * EACH - 1);
		assert_int_equal(seen[at]++, 0);
		free(path);
	}
}

/* A directory that was copied without times. */
static void copied(void **state)
{
	struct timespec now[2] = { { .tv_nsec = UTIME_NOW }, { .tv_nsec = UTIME_NOW } };

	(void)state;
	assert_int_equal(buildclockverify("b/.clock"), 0);
	put("b/p/script", "");
	assert_int_equal(buildclockset("b/.clock", "b/p/script"), 0);
	assert_int_equal(buildclocktouch("b/.clock", "b/p/stamp"), 0);
	assert_int_equal(timeof("b/.clock"), timeof("b/p/stamp"));
	assert_int_equal(buildclockverify("b/.clock"), 0);
	assert_int_equal(access("b/p/stamp", F_OK), 0);
	assert_int_equal(utimensat(AT_FDCWD, "b/.clock", now, 0), 0);
	assert_int_equal(buildclockverify("b/.clock"), 0);
	assert_int_equal(access("b/p/stamp", F_OK), -1);
	assert_int_equal(access("b/p/script", F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(copied, setup, scratchremove),
		cmocka_unit_test_setup_teardown(forward, setup, scratchremove),
		cmocka_unit_test_setup_teardown(recovers, setup, scratchremove),
		cmocka_unit_test_setup_teardown(failures, setup, scratchremove),
		cmocka_unit_test_setup_teardown(together, setup, scratchremove),
	};

	return cmocka_run_group_tests_name("lib_tick", tests, NULL, NULL);
}
