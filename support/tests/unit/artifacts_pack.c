// SPDX-License-Identifier: GPL-2.0-or-later
/* A tree as a stream: it comes back as it was; the same tree gives the same stream. */
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/pack.h"
#include "archive/unpack.h"
#include "base/digest.h"
#include "scratch.h"

/* Append a line for each path below dir: mode, time, content or target, name. */
static void describe(const char *dir, struct buf *out)
{
	struct strlist names = { 0 };

	assert_int_equal(dirlist(dir, &names), 0);
	for (size_t i = 0; i < names.len; i++) {
		char *path = pathjoin(dir, names.item[i]);
		char hex[DIGESTHEX] = "-";
		char target[512] = "-";
		struct stat st;

		assert_int_equal(lstat(path, &st), 0);
		if (S_ISREG(st.st_mode))
			assert_int_equal(digestfile(path, hex), 0);
		if (S_ISLNK(st.st_mode))
			assert_true(readlink(path, target, sizeof(target) - 1) > 0);
		bufprintf(out, "%o %ld.%09ld %lld %s %s %s\n", st.st_mode, (long)st.st_mtim.tv_sec,
			  st.st_mtim.tv_nsec, S_ISDIR(st.st_mode) ? 0LL : (long long)st.st_size,
			  hex, target, names.item[i]);
		if (S_ISDIR(st.st_mode))
			describe(path, out);
		free(path);
	}
	listfree(&names);
}

static int streamopen(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	assert_true(fd >= 0);
	return fd;
}

static void pack(const char *dir, const char *path)
{
	int fd = streamopen(path);
	char *why;

	assert_int_equal(packtree(dir, fd, &why), 0);
	assert_null(why);
	close(fd);
}

/* Unpack the stream at path as directory "to"; returns what unpacktree does, *why in out. */
static int unpack(const char *path, struct buf *out)
{
	int fd = streamopen(path);
	char *why;
	int ret = unpacktree("to", fd, &why);

	bufclear(out);
	bufputs(out, why ? why : "");
	free(why);
	close(fd);
	return ret;
}

/* A file with a time of its own. */
static void putdated(const char *path, const char *text, mode_t mode)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { 1000000007, 123456789 } };

	putas(path, text, mode);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void roundtrip(const char *dir)
{
	struct buf a = { 0 }, b = { 0 }, why = { 0 };

	pack(dir, "stream");
	assert_int_equal(unpack("stream", &why), 0);
	assert_string_equal(bufstr(&why), "");
	describe(dir, &a);
	describe("to", &b);
	assert_string_equal(bufstr(&b), bufstr(&a));
	buffree(&a);
	buffree(&b);
	buffree(&why);
}

static void names(void **state)
{
	static const char *const odd[] = {
		"a b",	    "n\nl",  "t\tab\x7f", "\xe9latin1",	     "\xc3\xa9utf8",
		"\xff\xfe", "-dash", " ",	  "back\\slash",     "q'\"$`*?",
		"...",	    "..a",   "x=y",	  "20 path=inner\n", "dot.",
	};
	char name[256];

	(void)state;
	assert_int_equal(mkdirs("from/d\xe9/e\n"), 0);
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		char *path = xasprintf("from/d\xe9/e\n/%s", odd[i]);

		putdated(path, odd[i], 0644);
		free(path);
		path = xasprintf("from/link%zu", i);
		assert_int_equal(symlink(odd[i], path), 0);
		free(path);
	}
	memset(name, 'n', 255);
	name[255] = '\0';
	for (int i = 0; i < 4; i++) {
		char *path = xasprintf("from/%.*s/%s", 200 + i, name, name);

		assert_int_equal(mkdirs(path), 0);
		free(path);
	}
	char *path = xasprintf("from/%.200s/%s/file", name, name);

	putdated(path, "deep", 0600);
	free(path);
	roundtrip("from");
}

static void modes(void **state)
{
	struct timespec old[2] = { { .tv_nsec = UTIME_OMIT }, { -5, 0 } };
	struct timespec late[2] = { { .tv_nsec = UTIME_OMIT }, { 5000000000, 1 } };

	(void)state;
	assert_int_equal(mkdirs("from/empty"), 0);
	assert_int_equal(mkdirs("from/shut/in"), 0);
	putdated("from/setuid", "x", 04755);
	putdated("from/setgid", "x", 02755);
	putdated("from/none", "", 0444);
	putdated("from/all", "x", 0777);
	putdated("from/shut/in/file", "x", 0640);
	putdated("from/old", "x", 0644);
	putdated("from/late", "x", 0644);
	assert_int_equal(symlink("nowhere", "from/shut/dangling"), 0);
	assert_int_equal(symlink("/etc/passwd", "from/absolute"), 0);
	assert_int_equal(symlink("../..", "from/up"), 0);
	assert_int_equal(link("from/all", "from/hard"), 0);
	assert_int_equal(link("from/all", "from/shut/in/hard"), 0);
	assert_int_equal(linkat(AT_FDCWD, "from/up", AT_FDCWD, "from/up-again", 0), 0);
	assert_int_equal(utimensat(AT_FDCWD, "from/old", old, 0), 0);
	assert_int_equal(utimensat(AT_FDCWD, "from/late", late, 0), 0);
	assert_int_equal(utimensat(AT_FDCWD, "from/up", late, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(utimensat(AT_FDCWD, "from/empty", late, 0), 0);
	assert_int_equal(chmod("from/empty", 01777), 0);
	assert_int_equal(chmod("from/shut/in", 0555), 0);
	assert_int_equal(chmod("from/shut", 0500), 0);
	roundtrip("from");

	struct stat a, b;

	assert_int_equal(stat("to/all", &a), 0);
	assert_int_equal(stat("to/hard", &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
	assert_int_equal(stat("to/shut/in/hard", &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
	assert_int_equal(lstat("to/up", &a), 0);
	assert_int_equal(lstat("to/up-again", &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
}

/* Larger than any buffer on the way, and not to be compressed; and much that is. */
static void sizes(void **state)
{
	size_t len = (3 << 20) + 17;
	unsigned char *data = xmalloc(len);
	unsigned x = 1;
	struct stat st;

	(void)state;
	for (size_t i = 0; i < len; i++) {
		x = x * 1664525 + 1013904223;
		data[i] = (unsigned char)(x >> 24);
	}
	assert_int_equal(mkdirs("from"), 0);
	assert_int_equal(filewrite("from/random", data, len, 0644), 0);
	memset(data, 0, len);
	assert_int_equal(filewrite("from/zeros", data, len, 0644), 0);
	free(data);
	assert_int_equal(filewrite("from/sparse", "x", 1, 0644), 0);
	assert_int_equal(truncate("from/sparse", 50 << 20), 0);
	roundtrip("from");
	assert_int_equal(stat("stream", &st), 0);
	assert_true(st.st_size > (3 << 20) && st.st_size < (4 << 20));
}

/* The names in the stream at path, as they come. */
static void order(const char *path, struct buf *out)
{
	struct archive *a = archive_read_new();
	struct archive_entry *e;

	assert_int_equal(archive_read_support_filter_zstd(a), ARCHIVE_OK);
	assert_int_equal(archive_read_support_format_tar(a), ARCHIVE_OK);
	assert_int_equal(archive_read_open_filename(a, path, 4096), ARCHIVE_OK);
	while (archive_read_next_header(a, &e) == ARCHIVE_OK)
		bufprintf(out, "%s ", archive_entry_pathname(e));
	archive_read_free(a);
}

static void same(void **state)
{
	struct buf a = { 0 }, b = { 0 };
	static const char *const name[] = { "b", "a", "c", "A", "aa" };

	(void)state;
	for (int i = 0; i < 5; i++) {
		char *one = xasprintf("one/%s", name[i]);
		char *two = xasprintf("two/%s", name[4 - i]);

		assert_int_equal(mkparents(one), 0);
		assert_int_equal(mkparents(two), 0);
		putdated(one, name[i], 0644);
		putdated(two, name[4 - i], 0644);
		free(one);
		free(two);
	}
	pack("one", "1");
	pack("two", "2");
	assert_int_equal(fileread("1", &a), 0);
	assert_int_equal(fileread("2", &b), 0);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	bufclear(&a);
	order("1", &a);
	assert_string_equal(bufstr(&a), "A a aa b c ");
	buffree(&a);
	buffree(&b);
}

static void nothing(void **state)
{
	(void)state;
	assert_int_equal(mkdirs("from"), 0);
	roundtrip("from");
}

static void unpackable(void **state)
{
	char *why;
	int fd = streamopen("stream");

	(void)state;
	assert_int_equal(mkdirs("from/d"), 0);
	assert_int_equal(mkfifo("from/d/fifo", 0644), 0);
	assert_int_equal(packtree("from", fd, &why), -1);
	assert_string_equal(why, "d/fifo is neither file, directory nor symbolic link");
	free(why);
	assert_int_equal(packtree("none", fd, &why), -1);
	assert_non_null(strstr(why, "No such file"));
	free(why);
	close(fd);
	fd = open("/dev/full", O_RDWR | O_CLOEXEC);
	assert_int_equal(unlink("from/d/fifo"), 0);
	assert_int_equal(packtree("from", fd, &why), -1);
	assert_non_null(strstr(why, "cannot write"));
	free(why);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(modes, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(sizes, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(same, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(nothing, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(unpackable, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
