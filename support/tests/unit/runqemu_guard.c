// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: what serves directories to a guest makes no set-id files and no devices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runqemu/guard.h"
#include "scratch.h"

#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif

/* What a child that is guarded does; returns errno, or 0. */
static int try(int (*what)(unsigned), unsigned mode, bool setgid)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		umask(0);
		if (guardset(setgid) < 0)
			_exit(255);
		_exit(what(mode) < 0 ? errno : 0);
	}
	assert_true(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int bychmod(unsigned mode)
{
	return chmod("file", mode);
}

static int byfchmod(unsigned mode)
{
	return fchmod(open("file", O_RDONLY), mode);
}

static int byfchmodat(unsigned mode)
{
	return fchmodat(AT_FDCWD, "file", mode, 0);
}

static int byfchmodat2(unsigned mode)
{
	int ret = (int)syscall(__NR_fchmodat2, AT_FDCWD, "file", mode, 0);

	return ret < 0 && errno == ENOSYS ? fchmodat(AT_FDCWD, "file", mode, 0) : ret;
}

static int byopen(unsigned mode)
{
	unlink("new");
	return open("new", O_WRONLY | O_CREAT | O_EXCL, mode);
}

static int bycreat(unsigned mode)
{
	return creat("new", mode);
}

static int bytmpfile(unsigned mode)
{
	int fd = open(".", O_WRONLY | O_TMPFILE, mode);

	return fd < 0 && errno == EOPNOTSUPP ? byopen(mode) : fd;
}

static int bymknod(unsigned mode)
{
	unlink("node");
	return mknod("node", S_IFREG | mode, 0);
}

static int byprogram(unsigned mode)
{
	char text[16];
	pid_t pid = fork();
	int status = -1;

	snprintf(text, sizeof(text), "%o", mode);
	if (pid == 0) {
		close(STDERR_FILENO);
		execlp("chmod", "chmod", text, "file", (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	errno = EPERM;
	return status ? -1 : 0;
}

static int device(unsigned type)
{
	unlink("node");
	return mknod("node", type | 0666, makedev(1, 3));
}

/* The mode counts for nothing when no file is made. */
static int openonly(unsigned mode)
{
	return (int)syscall(SYS_openat, AT_FDCWD, "file", O_RDONLY, mode);
}

static int directory(unsigned mode)
{
	rmdir("dir");
	return mkdir("dir", 0755) == 0 ? chmod("dir", mode) : -1;
}

static void makes_no_set_id_files(void **state)
{
	static int (*const ways[])(unsigned) = { bychmod,     byfchmod, byfchmodat,
						 byfchmodat2, byopen,	bycreat,
						 bytmpfile,   bymknod,	byprogram };

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		const unsigned bad[] = { 04755, 02755, 06755, 04000, 02000 };
		const unsigned good[] = { 0755, 0644, 01777, 0600 };

		for (size_t m = 0; m < sizeof(bad) / sizeof(*bad); m++)
			if (try(ways[i], bad[m], false) != EPERM)
				fail_msg("way %zu: %04o", i, bad[m]);
		for (size_t m = 0; m < sizeof(good) / sizeof(*good); m++)
			if (try(ways[i], good[m], false) != 0)
				fail_msg("way %zu: %04o", i, good[m]);
	}
	assert_int_equal(try(openonly, 04755, false), 0);
}

static void lets_directories_hand_on_their_group(void **state)
{
	(void)state;
	assert_int_equal(try(directory, 02775, false), EPERM);
	assert_int_equal(try(directory, 02775, true), 0);
	assert_int_equal(try(directory, 04775, true), EPERM);
	assert_int_equal(try(bychmod, 06755, true), EPERM);
}

static void makes_no_devices(void **state)
{
	(void)state;
	assert_int_equal(try(device, S_IFCHR, false), EPERM);
	assert_int_equal(try(device, S_IFBLK, false), EPERM);
	assert_int_equal(try(device, S_IFCHR, true), EPERM);
	assert_int_equal(try(device, S_IFIFO, false), 0);
	assert_int_equal(try(device, S_IFREG, false), 0);
}

static int setup(void **state)
{
	if (scratchmake(state) < 0)
		return -1;
	return filewrite("file", "", 0, 0644);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_no_set_id_files),
		cmocka_unit_test(lets_directories_hand_on_their_group),
		cmocka_unit_test(makes_no_devices),
	};

	if (!guardworks()) {
		puts("1..0 # SKIP this kernel has no filters of system calls");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, scratchremove);
}
