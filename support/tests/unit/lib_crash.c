// SPDX-License-Identifier: GPL-2.0-or-later
/* Directories of crashes, and two runqemu that make and sweep them at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "crash/crashdir.h"
#include "fs/remove.h"

/* Sweep the directory in another process, until it is killed. */
static pid_t sweeper(const char *dir)
{
	pid_t child = fork();

	if (child == 0)
		for (;;)
			crashsweep(dir);
	return child;
}

/* A directory that another process has just found without its lock is not the one that is given. */
static void makes_one_amid_sweeps(void **state)
{
	char dir[] = "/tmp/lib_crash.XXXXXX";
	pid_t child;

	(void)state;
	assert_non_null(mkdtemp(dir));
	child = sweeper(dir);
	for (int i = 0; i < 3000; i++) {
		int lock;
		char *path = crashnew(dir, &lock);

		if (!path) {
			kill(child, SIGKILL);
			fail_msg("number %d: %s", i, strerror(errno));
		}
		assert_int_equal(access(path, F_OK), 0);
		assert_int_equal(rmdir(path), 0);
		close(lock);
		free(path);
	}
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(treeremove(dir), 0);
}

static void has_no_lock_without_a_directory(void **state)
{
	int lock = 0;

	(void)state;
	assert_null(crashnew("/dev/null/crash", &lock));
	assert_int_equal(lock, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_one_amid_sweeps),
		cmocka_unit_test(has_no_lock_without_a_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
