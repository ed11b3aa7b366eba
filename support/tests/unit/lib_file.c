// SPDX-License-Identifier: GPL-2.0-or-later
/* Files: whole or not at all, written only when changed, removed without following links. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

/* Names in the working directory, joined by spaces. */
static void names(const char *want)
{
	struct strlist l = { 0 };
	struct buf b = { 0 };

	assert_int_equal(dirlist(".", &l), 0);
	for (size_t i = 0; i < l.len; i++)
		bufprintf(&b, "%s%s", i ? " " : "", l.item[i]);
	assert_string_equal(bufstr(&b), want);
	buffree(&b);
	listfree(&l);
}

static void reads(void **state)
{
	struct buf b = { 0 };
	char *big = xmalloc(200000);

	(void)state;
	memset(big, 'x', 200000);
	assert_int_equal(filewrite("big", big, 200000, 0644), 0);
	bufputs(&b, "before");
	assert_int_equal(fileread("big", &b), 0);
	assert_int_equal(b.len, 200006);
	assert_memory_equal(b.data, "beforexx", 8);
	assert_memory_equal(b.data + 6, big, 200000);
	assert_int_equal(b.data[b.len], 0);
	buffree(&b);
	free(big);

	errno = 0;
	assert_int_equal(fileread("missing", &b), -1);
	assert_int_equal(errno, ENOENT);
	errno = 0;
	assert_int_equal(fileread(".", &b), -1);
	assert_int_equal(errno, EISDIR);
	buffree(&b);
}

static void writes(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(filewrite("a", "one", 3, 0777), 0);
	holds("a", "one");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0755);
	assert_int_equal(filewrite("a", "", 0, 0600), 0);
	holds("a", "");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0600);
	assert_int_equal(filewrite("no/such", "x", 1, 0644), -1);
	assert_int_equal(errno, ENOENT);
	names("a");
}

static void regulars(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(regopen("none", O_RDONLY, 0), -1);
	assert_int_equal(errno, ENOENT);
	fd = regopen("f", O_RDWR | O_CREAT | O_NOFOLLOW, 0644);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(symlink("f", "l"), 0);
	fd = regopen("l", O_RDONLY, 0);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(regopen("l", O_RDONLY | O_NOFOLLOW, 0), -1);
	assert_int_equal(errno, ENOTSUP);
	assert_int_equal(mkfifo("p", 0644), 0);
	assert_int_equal(regopen("p", O_RDONLY, 0), -1);
	assert_int_equal(errno, ENOTSUP);
	assert_int_equal(regopen("p", O_WRONLY | O_CREAT, 0644), -1);
	assert_int_equal(errno, ENOTSUP);
	assert_int_equal(regopen(".", O_RDWR, 0), -1);
	assert_int_equal(errno, ENOTSUP);
	assert_int_equal(regopen("/dev/null", O_RDWR, 0), -1);
	assert_int_equal(errno, ENOTSUP);
	names("f l p");
}

static void outfiles(void **state)
{
	struct outfile o;

	(void)state;
	assert_int_equal(filewrite("f", "old", 3, 0644), 0);
	assert_int_equal(outopen(&o, "f", 0644), 0);
	assert_int_equal(writeall(o.fd, "half", 4), 0);
	holds("f", "old");
	outabort(&o);
	holds("f", "old");
	names("f");
	outabort(&o);

	assert_int_equal(outopen(&o, "f", 0644), 0);
	assert_int_equal(writeall(o.fd, "new", 3), 0);
	assert_int_equal(outsync(&o), 0);
	holds("f", "old");
	assert_int_equal(outcommit(&o), 0);
	holds("f", "new");
	outabort(&o);
	holds("f", "new");
	names("f");

	/* A final name that cannot be taken: the temporary goes, the error stays. */
	assert_int_equal(mkdirs("dir/full"), 0);
	assert_int_equal(outopen(&o, "dir", 0644), 0);
	assert_int_equal(outcommit(&o), -1);
	assert_int_equal(errno, EISDIR);
	names("dir f");
}

static void updates(void **state)
{
	struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	struct stat st;

	(void)state;
	assert_int_equal(fileupdate("f", "same", 4, 0644), 1);
	assert_int_equal(utimensat(AT_FDCWD, "f", old, 0), 0);
	assert_int_equal(fileupdate("f", "same", 4, 0644), 0);
	assert_int_equal(stat("f", &st), 0);
	assert_int_equal(st.st_mtime, 1000);
	assert_int_equal(fileupdate("f", "sam\0", 4, 0644), 1);
	assert_int_equal(fileupdate("f", "sam", 3, 0644), 1);
	holds("f", "sam");
	assert_int_equal(fileupdate("f", "", 0, 0644), 1);
	assert_int_equal(fileupdate("f", "", 0, 0644), 0);
	assert_int_equal(fileupdate("new", "", 0, 0644), 1);
	holds("new", "");
	assert_int_equal(fileupdate("no/such", "", 0, 0644), -1);
}

/* What the fifo at path is given while it is written to by filewrite; the caller frees it. */
static char *throughfifo(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK);
	char *got = calloc(1, len + 1);

	assert_true(fd >= 0);
	assert_int_equal(filewrite(path, text, len, 0644), 0);
	assert_int_equal(readall(fd, got, len), (ssize_t)len);
	close(fd);
	return got;
}

static void writesthrough(void **state)
{
	struct stat st;
	char *got;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_false(outreplaces("fifo"));
	got = throughfifo("fifo", "some text", 9);
	assert_string_equal(got, "some text");
	free(got);
	assert_int_equal(lstat("fifo", &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_int_equal(symlink("fifo", "link"), 0);
	got = throughfifo("link", "more", 4);
	assert_string_equal(got, "more");
	free(got);
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));

	/* it is not read: nobody would ever write to it */
	assert_int_equal(fileholds("fifo", "", 0), 0);
	assert_int_equal(outremove("fifo"), 0);
	assert_int_equal(access("fifo", F_OK), 0);

	struct outfile o;

	assert_int_equal(outopen(&o, "fifo", 0644), 0);
	assert_int_equal(writeall(o.fd, "x", 1), 0);
	outabort(&o);

	names("fifo link"); /* no temporary file is left */
}

static void writesdescriptors(void **state)
{
	struct buf b = { 0 };
	struct stat st;
	char path[64];
	int fd = open("f", O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(writeall(fd, "first ", 6), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	assert_false(outreplaces(path));
	assert_int_equal(filewrite(path, "second ", 7, 0644), 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_int_equal(fileupdate(path, "third", 5, 0644), 1);
	assert_int_equal(fileread("f", &b), 0);
	assert_string_equal(bufstr(&b), "first second third");
	buffree(&b);

	/* one of the program's own is none that its caller can mean */
	assert_int_equal(fcntl(fd, F_SETFD, FD_CLOEXEC), 0);
	assert_int_equal(filewrite(path, "x", 1, 0644), -1);
	assert_int_equal(errno, EBADF);
	close(fd);
	assert_int_equal(filewrite(path, "x", 1, 0644), -1);
	assert_int_equal(errno, EBADF);

	/* a link to a file is replaced, as the file would be */
	assert_int_equal(symlink("f", "link"), 0);
	assert_int_equal(filewrite("link", "new", 3, 0644), 0);
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_int_equal(stat("f", &st), 0);
	assert_int_equal(st.st_size, 18);
	assert_int_equal(outremove("link"), 0);
	assert_int_equal(access("link", F_OK), -1);
	assert_int_equal(outremove("link"), 0);
}

/* Devices: only root can make some to try on, and the machine's own are not to be risked. */
static void writesdevices(void **state)
{
	struct stat st;

	(void)state;
	if (mknod("null", S_IFCHR | 0600, makedev(1, 3)) < 0)
		skip();
	assert_int_equal(filewrite("null", "x", 1, 0644), 0);
	assert_int_equal(fileupdate("null", "x", 1, 0644), 1);
	assert_int_equal(outremove("null"), 0);
	assert_int_equal(lstat("null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
}

static void replacestrees(void **state)
{
	struct buf b = { 0 };
	struct stat st;

	(void)state;
	assert_int_equal(mkdirs("new/sub"), 0);
	assert_int_equal(treereplace("new", "d"), 0);
	assert_int_equal(mkdirs("new"), 0);
	assert_int_equal(filewrite("new/f", "text", 4, 0644), 0);
	assert_int_equal(treereplace("new", "d"), 0);
	assert_int_equal(fileread("d/f", &b), 0);
	assert_int_equal(access("d/sub", F_OK), -1);
	assert_int_equal(access("d.old", F_OK), -1);
	buffree(&b);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(treereplace("d", "fifo"), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(lstat("fifo", &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_int_equal(access("d/f", F_OK), 0);
}

static void directories(void **state)
{
	(void)state;
	assert_int_equal(mkdirs("a/b/c"), 0);
	assert_int_equal(mkdirs("a/b/c"), 0);
	assert_int_equal(mkdirs("a//d/"), 0);
	assert_int_equal(access("a/d", F_OK), 0);
	assert_int_equal(mkdirs("/"), 0);
	assert_int_equal(mkdirs("."), 0);
	assert_int_equal(mkdirs(""), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(mkparents("p/q/file"), 0);
	assert_int_equal(access("p/q", F_OK), 0);
	assert_int_equal(access("p/q/file", F_OK), -1);
	assert_int_equal(mkparents("file"), 0);
	assert_int_equal(mkparents("/file"), 0);

	assert_int_equal(filewrite("plain", "", 0, 0644), 0);
	assert_int_equal(mkdirs("plain"), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(mkdirs("plain/below"), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	assert_int_equal(mkdirs("dangling"), -1);
}

static void removes(void **state)
{
	(void)state;
	assert_int_equal(mkdirs("keep/deep"), 0);
	assert_int_equal(filewrite("keep/deep/file", "kept", 4, 0644), 0);
	assert_int_equal(mkdirs("t/sub/.hidden"), 0);
	assert_int_equal(filewrite("t/sub/f", "x", 1, 0400), 0);
	assert_int_equal(symlink("../keep", "t/link"), 0);
	assert_int_equal(symlink("../../keep/deep/file", "t/sub/link"), 0);
	assert_int_equal(mkfifo("t/fifo", 0600), 0);
	assert_int_equal(chmod("t/sub", 0500), 0);
	assert_int_equal(treeremove("t"), 0);
	names("keep");
	holds("keep/deep/file", "kept");

	assert_int_equal(symlink("keep", "link"), 0);
	assert_int_equal(treeremove("link"), 0);
	holds("keep/deep/file", "kept");
	assert_int_equal(treeremove("keep/deep/file"), 0);
	assert_int_equal(treeremove("missing"), 0);
	assert_int_equal(treeremove("missing/below"), 0);
	assert_int_equal(treeremove("keep"), 0);
	names("");
}

/* A tree whose full path is longer than PATH_MAX can be removed. */
static void removesdeep(void **state)
{
	char name[201];

	memset(name, 'd', 200);
	name[200] = '\0';
	for (int i = 0; i < 40; i++) {
		assert_int_equal(mkdir(name, 0755), 0);
		assert_int_equal(chdir(name), 0);
	}
	assert_int_equal(chdir(*state), 0);
	assert_int_equal(treeremove(name), 0);
	names("");
}

static void lists(void **state)
{
	struct strlist l = { 0 };

	(void)state;
	assert_int_equal(filewrite("b", "", 0, 0644), 0);
	assert_int_equal(filewrite("B", "", 0, 0644), 0);
	assert_int_equal(filewrite("a.x", "", 0, 0644), 0);
	assert_int_equal(filewrite("a-x", "", 0, 0644), 0);
	assert_int_equal(filewrite(".h", "", 0, 0644), 0);
	names(".h B a-x a.x b");
	assert_int_equal(dirlist("missing", &l), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(dirlist("b", &l), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(l.len, 0);
}

static void joins(void **state)
{
	char *p = pathjoin("", "name");

	(void)state;
	assert_string_equal(p, "name");
	free(p);
	p = pathjoin("a/b", "name");
	assert_string_equal(p, "a/b/name");
	free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(writes, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(regulars, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(outfiles, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(updates, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(writesthrough, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(writesdescriptors, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(writesdevices, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(replacestrees, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(directories, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(removes, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(removesdeep, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(lists, scratchmake, scratchremove),
		cmocka_unit_test(joins),
	};

	return cmocka_run_group_tests_name("lib_file", tests, NULL, NULL);
}
