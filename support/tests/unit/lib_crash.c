// SPDX-License-Identifier: GPL-2.0-or-later
/* Directories of crashes, and two runqemu that make and sweep them at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "crash/crashdir.h"
#include "fs/file.h"
#include "scratch.h"

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
	static const char dir[] = "sweep";
	pid_t child;

	(void)state;
	assert_int_equal(mkdirs(dir), 0);
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
}

/* A crash with a core of 64 KiB, and the kernel of all of them. */
static void keep(const char *dir, const char *name)
{
	char *path = pathjoin(dir, name), *core = pathjoin(path, CRASH_CORE);
	char *kernel = pathjoin(path, CRASH_VMLINUX), *from = pathjoin(dir, "kernel");
	struct buf data = { 0 };

	for (int i = 0; i < 3 << 20; i++)
		bufputc(&data, (char)i);
	if (access(from, F_OK) < 0)
		assert_int_equal(filewrite(from, data.data, data.len, 0666), 0);
	assert_int_equal(mkdirs(path), 0);
	assert_int_equal(filewrite(core, data.data, 64 << 10, 0666), 0);
	assert_int_equal(link(from, kernel), 0);
	buffree(&data);
	free(from);
	free(kernel);
	free(core);
	free(path);
}

/* A kernel that crashes share is there until the last of them is removed. */
static void removes_enough(void **state)
{
	static const char dir[] = "prune";
	struct crashlist all = { 0 };
	struct strlist gone = { 0 };
	char *kernel;

	(void)state;
	assert_int_equal(mkdirs(dir), 0);
	keep(dir, "1");
	keep(dir, "2");
	keep(dir, "3");
	kernel = pathjoin(dir, "kernel");
	assert_int_equal(unlink(kernel), 0);
	assert_int_equal(crashprune(dir, 13 << 18, &gone), 0); /* 3.25 MiB */
	assert_int_equal(gone.len, 0);
	assert_int_equal(crashprune(dir, (3 << 20) + (150 << 10), &gone), 0);
	assert_int_equal(gone.len, 1);
	assert_string_equal(gone.item[0], "1");
	assert_int_equal(crashprune(dir, 5 << 19, &gone), 0); /* 2.5 MiB */
	assert_int_equal(gone.len, 3);
	assert_int_equal(crashlist(dir, &all), 0);
	assert_int_equal(all.len, 0);
	assert_int_equal(crashprune(dir, 0, &gone), 0);
	free(kernel);
	listfree(&gone);
}

/* Whether nothing of a crash that keep made with many files is missing. */
static bool whole(const char *dir, const char *name, int files)
{
	for (int i = 0; i < files; i++) {
		char *path = xasprintf("%s/%s/%d", dir, name, i);
		bool there = access(path, F_OK) == 0;

		free(path);
		if (!there)
			return false;
	}
	return true;
}

/* One that is killed while it removes a crash leaves nothing that looks like one. */
static void leaves_no_part_of_a_crash(void **state)
{
	static const char dir[] = "kill";
	const int files = 3000;
	struct strlist gone = { 0 }, left = { 0 };
	struct crashlist all = { 0 };
	char *path;
	pid_t child;

	(void)state;
	assert_int_equal(mkdirs(dir), 0);
	keep(dir, "1");
	for (int i = 0; i < files; i++) {
		path = xasprintf("%s/1/%d", dir, i);
		assert_int_equal(filewrite(path, "x", 1, 0666), 0);
		free(path);
	}
	child = fork();
	if (child == 0)
		_exit(crashprune(dir, 0, &gone) < 0);
	while (whole(dir, "1", files))
		;
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(access("kill/1", F_OK), -1);
	assert_int_equal(crashlist(dir, &all), 0);
	assert_int_equal(all.len, 0);
	crashsweep(dir);
	assert_int_equal(unlink("kill/kernel"), 0);
	assert_int_equal(dirlist(dir, &left), 0);
	assert_int_equal(left.len, 0);
	listfree(&left);
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
		cmocka_unit_test(removes_enough),
		cmocka_unit_test(leaves_no_part_of_a_crash),
		cmocka_unit_test(has_no_lock_without_a_directory),
	};

	return cmocka_run_group_tests(tests, scratchmake, scratchremove);
}
