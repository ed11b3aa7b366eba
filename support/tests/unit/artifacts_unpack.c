// SPDX-License-Identifier: GPL-2.0-or-later
/* Streams that packtree does not make: refused, and nothing of them is outside the directory. */
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
#include "scratch.h"

/* Unpack the stream at path as directory "to"; returns what unpacktree does, *why in out. */
static int unpack(const char *path, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *why;
	int ret;

	assert_true(fd >= 0);
	ret = unpacktree("to", fd, &why);
	bufclear(out);
	bufputs(out, why ? why : "");
	free(why);
	close(fd);
	return ret;
}

static struct archive *evilopen(void)
{
	struct archive *a = archive_write_new();

	unlink("evil");
	assert_int_equal(archive_write_set_format_pax(a), ARCHIVE_OK);
	assert_int_equal(archive_write_add_filter_zstd(a), ARCHIVE_OK);
	assert_int_equal(archive_write_open_filename(a, "evil"), ARCHIVE_OK);
	return a;
}

static void evilput(struct archive *a, const char *path, mode_t mode, const char *target)
{
	struct archive_entry *e = archive_entry_new();

	archive_entry_set_pathname(e, path);
	archive_entry_set_mode(e, mode);
	archive_entry_set_size(e, S_ISREG(mode) && !target ? 4 : 0);
	if (S_ISREG(mode) && target)
		archive_entry_set_hardlink(e, target);
	else if (target)
		archive_entry_set_symlink(e, target);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	if (S_ISREG(mode) && !target)
		assert_int_equal(archive_write_data(a, "evil", 4), 4);
	archive_entry_free(e);
}

/* It is refused for that reason, and nothing of its is outside "to". */
static void evilrefused(struct archive *a, const char *reason)
{
	struct buf why = { 0 };

	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
	assert_int_equal(unpack("evil", &why), 1);
	assert_string_equal(bufstr(&why), reason);
	assert_int_equal(access("victim", F_OK), -1);
	assert_int_equal(access("/victim", F_OK), -1);
	assert_int_equal(treeremove("to"), 0);
	buffree(&why);
}

static void badnames(void **state)
{
	static const char *const bad[] = {
		"../victim", "/victim", "a/../../victim", "..",	  ".",
		"./victim",  "a//b",	"victim/.",	  "a/..", "//victim",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct archive *a = evilopen();

		evilput(a, "a", S_IFDIR | 0755, NULL);
		evilput(a, bad[i], S_IFREG | 0644, NULL);
		evilrefused(a, "it has an entry with a bad name");
	}
}

static void throughlinks(void **state)
{
	static const char *const target[] = { "..", "/tmp", ".", "d" };
	struct archive *a;

	(void)state;
	for (size_t i = 0; i < sizeof(target) / sizeof(*target); i++) {
		a = evilopen();
		evilput(a, "d", S_IFDIR | 0755, NULL);
		evilput(a, "link", S_IFLNK | 0777, target[i]);
		evilput(a, "link/victim", S_IFREG | 0644, NULL);
		evilrefused(a, "it has an entry whose directory is none");
		assert_int_equal(access("/tmp/victim", F_OK), -1);
	}
	a = evilopen();
	evilput(a, "link", S_IFLNK | 0777, "../victim");
	evilput(a, "link", S_IFREG | 0644, NULL);
	evilrefused(a, "it has two entries of one name");
	a = evilopen();
	evilput(a, "link", S_IFLNK | 0777, "..");
	evilput(a, "link", S_IFDIR | 0777, NULL);
	evilrefused(a, "it has two entries of one name");
	a = evilopen();
	evilput(a, "victim", S_IFREG | 0644, NULL);
	evilput(a, "victim/victim", S_IFREG | 0644, NULL);
	evilrefused(a, "it has an entry whose directory is none");
	a = evilopen();
	evilput(a, "none/victim", S_IFREG | 0644, NULL);
	evilrefused(a, "it has an entry whose directory is none");
}

static void badkinds(void **state)
{
	static const mode_t kind[] = { S_IFCHR, S_IFBLK, S_IFIFO };
	struct archive *a;

	(void)state;
	for (size_t i = 0; i < sizeof(kind) / sizeof(*kind); i++) {
		a = evilopen();
		evilput(a, "node", kind[i] | 0666, NULL);
		evilrefused(a, "it has an entry that is neither file, directory nor link");
	}
	a = evilopen();
	evilput(a, "a", S_IFREG | 0644, NULL);
	evilput(a, "b", S_IFREG | 0644, "/etc/passwd");
	evilrefused(a, "it has a hard link to a bad name");
	a = evilopen();
	evilput(a, "b", S_IFREG | 0644, "missing");
	evilrefused(a, "it has a hard link to what is no file of it");
	a = evilopen();
	evilput(a, "d", S_IFDIR | 0755, NULL);
	evilput(a, "b", S_IFREG | 0644, "d");
	evilrefused(a, "it has a hard link to what is no file of it");
	a = evilopen();
	evilput(a, "up", S_IFLNK | 0777, "..");
	evilput(a, "b", S_IFREG | 0644, "up/victim");
	evilrefused(a, "it has an entry whose directory is none");
	a = evilopen();
	evilput(a, "a", S_IFREG | 0644, NULL);
	evilput(a, "b", S_IFREG | 0644, NULL);
	evilput(a, "b", S_IFREG | 0644, "a");
	evilrefused(a, "it has two entries of one name");
}

/* A path of n components "d" at p, which has room for it. */
static const char *deep(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		memcpy(p + 2 * i, "d/", 2);
	p[2 * n - 1] = '\0';
	return p;
}

/* Names beyond the bounds are neither unpacked nor packed; what is within is both. */
static void bounds(void **state)
{
	char path[2 * 3000 + 1], part[300];
	struct buf why = { 0 };
	struct archive *a = evilopen();
	char *text;
	int fd;

	(void)state;
	evilput(a, deep(path, 257), S_IFDIR | 0755, NULL);
	evilrefused(a, "it has an entry that is refused: it lies more than 256 directories deep");
	a = evilopen();
	evilput(a, deep(path, 2999), S_IFDIR | 0755, NULL);
	evilrefused(a, "it has an entry that is refused: its name is longer than 4095 bytes");
	a = evilopen();
	memset(part, 'x', 256);
	part[256] = '\0';
	evilput(a, part, S_IFREG | 0644, NULL);
	evilrefused(a, "it has an entry that is refused: its name has a component of more than "
		       "255 bytes");

	a = evilopen();
	for (size_t i = 1; i <= 256; i++)
		evilput(a, deep(path, i), S_IFDIR | 0755, NULL);
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
	assert_int_equal(unpack("evil", &why), 0);
	fd = open("again", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	assert_int_equal(packtree("to", fd, &text), 0);
	assert_int_equal(mkdir("above", 0755), 0);
	assert_int_equal(rename("to", "above/to"), 0);
	assert_int_equal(packtree("above", fd, &text), -1);
	assert_non_null(strstr(text, ": it lies more than 256 directories deep"));
	free(text);
	close(fd);
	buffree(&why);
}

/* What the system says of a write that failed is told. */
static void nospace(void **state)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	char *why;

	(void)state;
	assert_true(fd >= 0);
	put("d/file", "x");
	assert_int_equal(packtree("d", fd, &why), -1);
	assert_string_equal(why, "cannot write: Write error: No space left on device");
	free(why);
	close(fd);
}

/* A directory that its owner may not enter once it is done. */
static void shutdirs(void **state)
{
	struct archive *a = evilopen();
	struct buf why = { 0 };
	struct stat st;

	(void)state;
	evilput(a, "d", S_IFDIR | 0200, NULL);
	evilput(a, "d/e", S_IFDIR | 0400, NULL);
	evilput(a, "d/e/f", S_IFREG | 0644, NULL);
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
	assert_int_equal(unpack("evil", &why), 0);
	assert_int_equal(stat("to/d", &st), 0);
	assert_int_equal(st.st_mode, S_IFDIR | 0200);
	buffree(&why);
}

static void nostream(void **state)
{
	struct buf why = { 0 };
	struct archive *a;
	struct stat st;

	(void)state;
	assert_int_equal(filewrite("evil", "no archive at all", 17, 0644), 0);
	assert_int_equal(unpack("evil", &why), 1);
	assert_int_equal(treeremove("to"), 0);
	a = evilopen();
	evilput(a, "file", S_IFREG | 0644, NULL);
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
	assert_int_equal(stat("evil", &st), 0);
	assert_int_equal(truncate("evil", st.st_size / 2), 0);
	assert_int_equal(unpack("evil", &why), 1);
	assert_non_null(strstr(bufstr(&why), "cannot be unpacked"));
	/* A place that cannot be is no fault of the stream. */
	assert_int_equal(unpack("evil", &why), -1);
	assert_non_null(strstr(bufstr(&why), "cannot write to: File exists"));
	buffree(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(badnames, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(throughlinks, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(badkinds, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(bounds, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(nospace, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(shutdirs, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(nostream, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
