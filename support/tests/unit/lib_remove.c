// SPDX-License-Identifier: GPL-2.0-or-later
/* lib: treeremove, of trees that are deeper than paths and descriptors reach. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>

#include "scratch.h"

/* Leave so few descriptors that one for each level would not do. */
static void fewfds(void)
{
	struct rlimit few = { 40, 40 };

	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
}

/* Make a chain of depth directories at path; each has a file, and every tenth a second chain. */
static void chain(const char *path, int depth)
{
	int fd, next, file;

	assert_int_equal(mkdir(path, 0755), 0);
	fd = open(path, O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < depth; i++) {
		assert_int_equal(mkdirat(fd, "down", 0755), 0);
		if (i % 10 == 0) {
			assert_int_equal(mkdirat(fd, "side", 0755), 0);
			assert_int_equal(mkdirat(fd, "side/below", 0755), 0);
		}
		file = openat(fd, "file", O_WRONLY | O_CREAT, 0644);
		assert_true(file >= 0);
		close(file);
		next = openat(fd, "down", O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		close(fd);
		fd = next;
	}
	close(fd);
}

static void any_depth(void **state)
{
	static const int depth[] = { 0, 1, 15, 16, 17, 31, 33, 200, 5000 };
	int fd[30];

	(void)state;
	fewfds();
	for (size_t i = 0; i < sizeof(depth) / sizeof(*depth); i++) {
		chain("top", depth[i]);
		assert_int_equal(treeremove("top"), 0);
		assert_int_equal(access("top", F_OK), -1);
	}
	/* None of the descriptors was left open. */
	for (int i = 0; i < 30; i++) {
		fd[i] = open("/dev/null", O_RDONLY);
		assert_true(fd[i] >= 0);
	}
	for (int i = 0; i < 30; i++)
		close(fd[i]);
}

static void many_deep_ones(void **state)
{
	char name[32];

	(void)state;
	assert_int_equal(mkdir("top", 0755), 0);
	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "top/%d", i);
		chain(name, 40);
	}
	assert_int_equal(treeremove("top"), 0);
	assert_int_equal(access("top", F_OK), -1);
}

static void links_are_not_followed(void **state)
{
	(void)state;
	put("kept/file", "x");
	chain("top", 3);
	assert_int_equal(symlink("../kept", "top/link"), 0);
	assert_int_equal(symlink("../../../kept", "top/down/down/link"), 0);
	assert_int_equal(treeremove("top"), 0);
	holds("kept/file", "x");
	assert_int_equal(symlink("kept", "link"), 0);
	assert_int_equal(treeremove("link"), 0);
	holds("kept/file", "x");
	assert_int_equal(access("link", F_OK), -1);
}

static void what_cannot_be_opened(void **state)
{
	(void)state;
	chain("top", 20);
	assert_int_equal(chmod("top/down/down", 0), 0);
	assert_int_equal(chmod("top", 0500), 0);
	assert_int_equal(treeremove("top"), 0);
	assert_int_equal(access("top", F_OK), -1);
}

static void nothing_and_a_file(void **state)
{
	(void)state;
	assert_int_equal(treeremove("missing"), 0);
	assert_int_equal(treeremove("missing/below"), 0);
	put("file", "x");
	assert_int_equal(treeremove("file/below"), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(treeremove("file"), 0);
	assert_int_equal(access("file", F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(any_depth, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(many_deep_ones, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(links_are_not_followed, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(what_cannot_be_opened, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(nothing_and_a_file, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
