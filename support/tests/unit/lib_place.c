// SPDX-License-Identifier: GPL-2.0-or-later
/* lib: what becomes of entries by the policies, and that nothing is made outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "archive/place.h"
#include "fs/file.h"
#include "scratch.h"

static const struct placeattr plain = { .mode = 0644 };
static struct place place;
static const char *swapped; /* what another process replaces once it was looked at; NULL: nothing */

/* The one that place.c calls. */
int fstatat(int dir, const char *restrict name, struct stat *restrict st, int flags)
{
	int ret = (int)syscall(SYS_newfstatat, dir, name, st, flags);

	if (ret == 0 && swapped) {
		assert_int_equal(rename(swapped, "old"), 0);
		assert_int_equal(symlink("../out/victim", swapped), 0);
		swapped = NULL;
	}
	return ret;
}

static int setup(void **state)
{
	(void)state;
	return treeremove("top") < 0 || treeremove("out") < 0 || treeremove("old") < 0 ||
	       mkdir("top", 0755) < 0 || mkdir("out", 0755) < 0;
}

static int teardown(void **state)
{
	(void)state;
	placefree(&place);
	return 0;
}

static void begin(bool parents, enum placeagain again)
{
	placefree(&place);
	assert_int_equal(placeopen(&place, "top",
				   (struct placepolicy){ .parents = parents, .again = again }),
			 0);
}

/* Make a file that holds text. 0, or errno. */
static int putfile(const char *path, const char *text)
{
	int fd = placefile(&place, path);

	if (fd < 0)
		return errno;
	assert_int_equal(writeall(fd, text, strlen(text)), 0);
	assert_int_equal(placeclose(fd, &plain), 0);
	return 0;
}

static int putlink(const char *path, const char *target)
{
	return placesymlink(&place, path, target, &plain) < 0 ? errno : 0;
}

static int putdir(const char *path)
{
	const struct placeattr a = { .mode = 0755 };

	return placedir(&place, path, &a) < 0 ? errno : 0;
}

static void no_link_is_followed(void **state)
{
	static const enum placeagain again[] = { AGAIN_NEVER, AGAIN_SAME, AGAIN_ANY };
	struct strlist names = { 0 };

	for (size_t i = 0; i < 3; i++) {
		setup(state);
		begin(true, again[i]);
		assert_int_equal(putlink("l", "../out"), 0);
		assert_int_equal(putfile("l/f", "x"), ENOTDIR);
		assert_string_equal(place.stopped, "l");
		assert_int_equal(putdir("l/d"), ENOTDIR);
		assert_int_equal(putlink("l/m", "x"), ENOTDIR);
		assert_int_equal(placenode(&place, "l/p", S_IFIFO, 0), -1);
		assert_int_equal(putfile("f", "x"), 0);
		assert_int_equal(placelink(&place, "l/g", "f"), -1);
		assert_int_equal(placelink(&place, "g", "l/f"), -1);
		assert_int_equal(putlink("m", "../out/f"), 0);
		assert_int_equal(placerewrite(&place, "m"), -1);
		assert_int_equal(placeset(&place, "m", S_IFREG, &plain), -1);
	}
	assert_int_equal(dirlist("out", &names), 0);
	assert_int_equal(names.len, 0);
}

/* The mode of a file that a symbolic link leads to stays, even if the link comes in between. */
static void no_link_that_comes_in_between(void **state)
{
	const struct placeattr all = { .mode = 0777 };
	struct stat st;

	(void)state;
	begin(true, AGAIN_ANY);
	putas("out/victim", "kept", 0604);
	assert_int_equal(putfile("f", "x"), 0);
	swapped = "top/f";
	assert_int_equal(placeset(&place, "f", S_IFREG, &all), -1);
	assert_int_equal(putlink("f", "x"), 0);
	assert_int_equal(putfile("f", "x"), 0);
	swapped = "top/f";
	assert_int_equal(placerewrite(&place, "f"), -1);
	assert_int_equal(stat("out/victim", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0604);
	holds("out/victim", "kept");
}

/* The directory itself. */
static void link_at_the_top(void **state)
{
	struct placepolicy policy = { .again = AGAIN_NEVER };

	(void)state;
	assert_int_equal(symlink("out", "top/l"), 0);
	assert_int_equal(placeopen(&place, "top/l", policy), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(symlink("../out", "top/m"), 0);
	policy.linked = true;
	assert_int_equal(placeopen(&place, "top/m", policy), 0);
}

static void parents_are_counted(void **state)
{
	struct bound bound = { .names = BOUND_NAMES - 300 };
	struct stat st;

	(void)state;
	begin(true, AGAIN_SAME);
	place.policy.bound = &bound;
	assert_int_equal(putfile("a/b/f", "x"), 0);
	assert_int_equal(putfile("a/b/g", "x"), 0);
	assert_int_equal(putfile("a/c/f", "x"), 0);
	assert_int_equal(putfile("a/d/e/f", "x"), E2BIG);
	assert_string_equal(place.beyond, "the names up to it take more than 256 MiB");
	assert_int_equal(lstat("top/a/d/e", &st), -1);
}

static void parents(void **state)
{
	struct stat st;

	(void)state;
	begin(false, AGAIN_NEVER);
	assert_int_equal(putfile("a/b/f", "x"), ENOENT);
	assert_string_equal(place.stopped, "a");
	assert_int_equal(lstat("top/a", &st), -1);
	begin(true, AGAIN_NEVER);
	assert_int_equal(putfile("a/b/f", "x"), 0);
	holds("top/a/b/f", "x");
	assert_int_equal(putfile("a/b/f/g", "x"), ENOTDIR);
	assert_string_equal(place.stopped, "a/b/f");
}

static void never_again(void **state)
{
	(void)state;
	begin(true, AGAIN_NEVER);
	assert_int_equal(putfile("f", "one"), 0);
	assert_int_equal(putfile("f", "two"), EEXIST);
	assert_int_equal(putdir("f"), EEXIST);
	assert_int_equal(putlink("f", "x"), EEXIST);
	assert_int_equal(putdir("d"), 0);
	assert_int_equal(putdir("d"), EEXIST);
	holds("top/f", "one");
}

static void again_of_one_kind(void **state)
{
	(void)state;
	begin(true, AGAIN_SAME);
	assert_int_equal(putfile("f", "one"), 0);
	assert_int_equal(placelink(&place, "g", "f"), 0);
	assert_int_equal(putfile("f", "two"), 0);
	holds("top/f", "two");
	holds("top/g", "one"); /* what takes its place is another file */
	assert_int_equal(placelink(&place, "g", "f"), 0);
	holds("top/g", "two");
	assert_int_equal(putdir("f"), EEXIST);
	assert_int_equal(putlink("f", "x"), EEXIST);
	assert_int_equal(putdir("d"), 0);
	assert_int_equal(putdir("d"), 0);
	assert_int_equal(putfile("d", "x"), EEXIST);
	assert_int_equal(placelink(&place, "d", "f"), -1);
	assert_int_equal(putlink("l", "x"), 0);
	assert_int_equal(putlink("l", "y"), 0);
	assert_int_equal(placetype(&place, "l"), S_IFLNK);
}

static void again_as_in_the_kernel(void **state)
{
	(void)state;
	begin(true, AGAIN_ANY);
	assert_int_equal(putfile("f", "one"), 0);
	assert_int_equal(placelink(&place, "g", "f"), 0);
	assert_int_equal(putfile("f", "two"), 0);
	holds("top/g", "two"); /* the file is written anew under all its names */
	assert_int_equal(putlink("f", "x"), 0);
	assert_int_equal(putdir("f"), 0);
	assert_int_equal(placetype(&place, "f"), S_IFDIR);
	assert_int_equal(putfile("f/h", "x"), 0);
	assert_int_equal(putlink("f", "x"), ENOTEMPTY);
	assert_int_equal(unlink("top/f/h"), 0);
	assert_int_equal(placenode(&place, "f", S_IFIFO, 0), 0);
	assert_int_equal(placetype(&place, "f"), S_IFIFO);
	assert_int_equal(placeset(&place, "f", S_IFREG, &plain), -1);
	assert_int_equal(errno, EEXIST);
}

static void told(void *arg, const char *path)
{
	(void)path;
	++*(int *)arg;
}

static void directories_at_the_end(void **state)
{
	const struct placeattr shut = { .mode = 0500, .timed = true, .mtime = { 1000, 5 } };
	const struct placeattr open = { .mode = 0750, .timed = true, .mtime = { 2000, 0 } };
	struct stat st;
	int failed = 0;

	(void)state;
	begin(true, AGAIN_SAME);
	assert_int_equal(placedir(&place, "d", &open), 0);
	assert_int_equal(placedir(&place, "d", &shut), 0);
	assert_int_equal(placedir(&place, "d/e", &open), 0);
	assert_int_equal(putfile("d/e/f", "x"), 0);
	assert_int_equal(placedir(&place, "", &open), 0);
	assert_int_equal(placeend(&place, told, &failed), 0);
	assert_int_equal(failed, 0);
	assert_int_equal(stat("top/d", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0500);
	assert_int_equal(st.st_mtim.tv_sec, 1000);
	assert_int_equal(st.st_mtim.tv_nsec, 5);
	assert_int_equal(stat("top/d/e", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0750);
	assert_int_equal(st.st_mtim.tv_sec, 2000);
	assert_int_equal(stat("top", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0750);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_link_is_followed, setup, teardown),
		cmocka_unit_test_setup_teardown(no_link_that_comes_in_between, setup, teardown),
		cmocka_unit_test_setup_teardown(link_at_the_top, setup, teardown),
		cmocka_unit_test_setup_teardown(parents, setup, teardown),
		cmocka_unit_test_setup_teardown(parents_are_counted, setup, teardown),
		cmocka_unit_test_setup_teardown(never_again, setup, teardown),
		cmocka_unit_test_setup_teardown(again_of_one_kind, setup, teardown),
		cmocka_unit_test_setup_teardown(again_as_in_the_kernel, setup, teardown),
		cmocka_unit_test_setup_teardown(directories_at_the_end, setup, teardown),
	};

	place.top = place.parent = -1;
	return cmocka_run_group_tests(tests, scratchmake, scratchremove);
}
