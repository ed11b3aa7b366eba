// SPDX-License-Identifier: GPL-2.0-or-later
/* unpack: archives made here with libarchive, good and evil, and what becomes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>

#include "craft.h"

static void gives(const char *path, const char *text)
{
	struct buf b = { 0 };

	assert_int_equal(fileread(path, &b), 0);
	assert_string_equal(bufstr(&b), text);
	buffree(&b);
}

static void refused(const struct item *it, const char *entry, const char *why)
{
	struct extract x = { 0 };
	char *error;

	setup(NULL);
	craft("pax", NULL, it);
	error = run(&x);
	assert_non_null(error);
	if (!strstr(error, entry) || !strstr(error, why))
		fail_msg("expected '%s' ... '%s', got: %s", entry, why, error);
	free(error);
}

#define REFUSED(entry, why, ...) refused((const struct item[]){ __VA_ARGS__, { 0 } }, entry, why)

static void refuses_names(void **state)
{
	(void)state;
	REFUSED("'/abs'", "an absolute path", { "/abs", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'../up'", "'..' component", { "../up", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'a/../../up'", "'..' component", { "a/../../up", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'a\\012b'", "control character", { "a\nb", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'d/../'", "'..' component", { "d/..", AE_IFDIR, NULL, 0, 0, 0 });
}

static void refuses_kinds(void **state)
{
	(void)state;
	REFUSED("'dev'", "device node", { "dev", AE_IFCHR, NULL, 0, 0, 0 });
	REFUSED("'dev'", "device node", { "dev", AE_IFBLK, NULL, 0, 0, 0 });
	REFUSED("'pipe'", "fifo", { "pipe", AE_IFIFO, NULL, 0, 0, 0 });
	REFUSED("'su'", "set-id", { "su", AE_IFREG, "x", 04755, 0, 0 });
	REFUSED("'sg'", "set-id", { "sg", AE_IFREG, "x", 02755, 0, 0 });
}

static void refuses_symlink_tricks(void **state)
{
	struct stat st;

	(void)state;
	mkdir("victim", 0755);
	REFUSED("'l/f'", "goes through 'l', which is a symbolic link",
		{ "l", AE_IFLNK, "../victim", 0, 0, 0 }, { "l/f", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'a/l/b/c/f'", "goes through 'a/l', which is a symbolic link",
		{ "a/l", AE_IFLNK, "../../victim", 0, 0, 0 },
		{ "a/l/b/c/f", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'l'", "a file, but an earlier entry made it a symbolic link",
		{ "l", AE_IFLNK, "../victim/f", 0, 0, 0 }, { "l", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'l/'", "a directory, but an earlier entry made it a symbolic link",
		{ "l", AE_IFLNK, "../victim", 0, 0, 0 }, { "l", AE_IFDIR, NULL, 0, 0, 0 },
		{ "l/f", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'./l//f'", "a symbolic link", { "l", AE_IFLNK, "../victim", 0, 0, 0 },
		{ "./l//f", AE_IFREG, "x", 0, 0, 0 });
	assert_int_equal(stat("victim/f", &st), -1);
	assert_int_equal(lstat("victim/b", &st), -1);
}

static void refuses_hard_link_tricks(void **state)
{
	(void)state;
	REFUSED("'h'", "an absolute path", { "h", 0, "/etc/passwd", 0, 0, 0 });
	REFUSED("'h'", "'..' component", { "h", 0, "../victim", 0, 0, 0 });
	REFUSED("'h'", "no file unpacked before it", { "h", 0, "missing", 0, 0, 0 });
	REFUSED("'h'", "hard link to 'l', which is no file",
		{ "l", AE_IFLNK, "/etc/passwd", 0, 0, 0 }, { "h", 0, "l", 0, 0, 0 });
	REFUSED("'h'", "hard link to 'l/passwd', which is no file",
		{ "l", AE_IFLNK, "/etc", 0, 0, 0 }, { "h", 0, "l/passwd", 0, 0, 0 });
	REFUSED("'h'", "hard link to 'd', which is no file", { "d", AE_IFDIR, NULL, 0, 0, 0 },
		{ "h", 0, "d", 0, 0, 0 });
}

static void refuses_changed_kinds(void **state)
{
	(void)state;
	REFUSED("'a'", "a file, but an earlier entry made it a directory",
		{ "a/b", AE_IFREG, "x", 0, 0, 0 }, { "a", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'a/'", "a directory, but an earlier entry made it a file",
		{ "a", AE_IFREG, "x", 0, 0, 0 }, { "a", AE_IFDIR, NULL, 0, 0, 0 });
	REFUSED("'a/b'", "goes through 'a', which is a file", { "a", AE_IFREG, "x", 0, 0, 0 },
		{ "a/b", AE_IFREG, "x", 0, 0, 0 });
	REFUSED("'a'", "a symbolic link, but an earlier entry made it a file",
		{ "a", AE_IFREG, "x", 0, 0, 0 }, { "a", AE_IFLNK, "/etc", 0, 0, 0 });
}

static void takes_every_format(void **state)
{
	static const char *const how[][2] = {
		{ "ustar", NULL },     { "gnutar", NULL }, { "pax", NULL },	{ "pax", "gzip" },
		{ "gnutar", "bzip2" }, { "pax", "xz" },	   { "ustar", "lzma" }, { "pax", "lzip" },
		{ "pax", "zstd" },     { "pax", "lz4" },   { "zip", NULL },	{ "v7tar", "gzip" },
	};
	const struct item items[] = {
		{ "top/", AE_IFDIR, NULL, 0700, 5, 0 },
		{ "top/a", AE_IFREG, "one\n", 0, 1000000000, 0 },
		{ "top/l", AE_IFLNK, "/not/there", 0, 5, 0 },
		{ "top/sub/x", AE_IFREG, "two\n", 0700, 1000000002, 0 },
		{ 0 },
	};
	struct stat st;

	(void)state;
	for (size_t i = 0; i < sizeof(how) / sizeof(*how); i++) {
		struct extract x = { .strip = 1 };
		char target[32] = "";

		setup(NULL);
		craft(how[i][0], how[i][1], items);
		if (run(&x))
			fail_msg("%s %s: %s", how[i][0], how[i][1] ? how[i][1] : "", x.error);
		gives("dir/a", "one\n");
		gives("dir/sub/x", "two\n");
		assert_int_equal(readlink("dir/l", target, sizeof(target) - 1), 10);
		assert_string_equal(target, "/not/there");
		stat("dir/a", &st);
		assert_int_equal(st.st_mode, S_IFREG | 0644);
		assert_int_equal(st.st_mtime, 1000000000);
		stat("dir/sub/x", &st);
		assert_int_equal(st.st_mode, S_IFREG | 0755);
		stat("dir/sub", &st);
		assert_int_equal(st.st_mode, S_IFDIR | 0755);
		assert_int_equal(x.newest, 1000000002);
		assert_int_equal(x.count, 3);
	}
}

static void hard_links_and_repeats(void **state)
{
	const struct item items[] = {
		{ "./top/a", AE_IFREG, "old", 0, 1, 0 }, { "top/h", 0, "./top/a", 0, 1, 0 },
		{ "top/a", AE_IFREG, "new", 0, 9, 0 },	 { "top/d", AE_IFDIR, NULL, 0, 1, 0 },
		{ "top/d/", AE_IFDIR, NULL, 0, 7, 0 },	 { "top/l", AE_IFLNK, "a", 0, 1, 0 },
		{ "top/l", AE_IFLNK, "h", 0, 1, 0 },	 { 0 },
	};
	struct extract x = { .strip = 1 };
	struct stat st;

	(void)state;
	craft("gnutar", "gzip", items);
	assert_null(run(&x));
	gives("dir/a", "new");
	gives("dir/h", "old");
	gives("dir/l", "old");
	assert_int_equal(stat("dir/d", &st), 0);
}

static void names_beyond_ascii(void **state)
{
	const struct item items[] = { { "\303\251/\346\227\245", AE_IFREG, "x", 0, 0, 0 }, { 0 } };
	struct extract x = { 0 };

	(void)state;
	craft("pax", NULL, items);
	assert_null(run(&x));
	gives("dir/\303\251/\346\227\245", "x");
}

static void only_some(void **state)
{
	const struct item items[] = {
		{ "top/README", AE_IFREG, "x", 0, 50, 0 },
		{ "top/usr/a", AE_IFREG, "a", 0, 5, 0 },
		{ "top/usrx/b", AE_IFREG, "b", 0, 6, 0 },
		{ "top/c", 0, "top/README", 0, 6, 0 },
		{ 0 },
	};
	struct strlist only = { 0 };
	struct extract x = { .strip = 1, .only = &only };
	struct strlist names = { 0 };

	(void)state;
	craft("pax", "gzip", items);
	listadd(&only, "usr");
	assert_null(run(&x));
	assert_int_equal(dirlist(UNPACKED, &names), 0);
	assert_int_equal(names.len, 1);
	assert_string_equal(names.item[0], "usr");
	assert_int_equal(x.newest, 50);
	assert_int_equal(x.count, 1);

	listadd(&only, "nowhere");
	setup(NULL);
	assert_string_equal(run(&x), "it has nothing under 'nowhere'");
	free(x.error);
	free(only.item[1]);
	only.item[1] = xstrdup("c");
	setup(NULL);
	assert_non_null(strstr(run(&x), "no file unpacked before it"));
	free(x.error);
	listfree(&only);
	listfree(&names);
}

static void strip_too_many(void **state)
{
	const struct item items[] = { { "a/b", AE_IFREG, "x", 0, 0, 0 },
				      { "README", AE_IFREG, "x", 0, 0, 0 },
				      { 0 } };
	struct extract x = { .strip = 1 };

	(void)state;
	craft("pax", NULL, items);
	assert_string_equal(
		run(&x), "entry 'README' is refused: it has no directory that could be stripped");
	free(x.error);
}

/* Write to the archive: the first len bytes of it (all: (size_t)-1), then extra. */
static void reshape(size_t len, const void *extra, size_t extralen)
{
	struct buf b = { 0 };

	assert_int_equal(fileread(ARCHIVE, &b), 0);
	if (len < b.len)
		b.len = len;
	bufadd(&b, extra, extralen);
	assert_int_equal(filewrite(ARCHIVE, b.data, b.len, 0644), 0);
	buffree(&b);
}

static void damaged(void **state)
{
	static const char *const filters[] = { NULL,   "gzip", "bzip2", "xz",
					       "lzma", "lzip", "zstd",	"lz4" };
	const struct item items[] = { { "a", AE_IFREG, "some text\n", 0, 0, 0 }, { 0 } };
	char zero[4096] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++) {
		struct extract x = { 0 };
		struct stat st;

		setup(NULL);
		craft("ustar", filters[i], items);
		stat(ARCHIVE, &st);
		reshape(filters[i] ? (size_t)st.st_size - 9 : 1024, "", 0);
		assert_non_null(run(&x));
		free(x.error);

		setup(NULL);
		craft("ustar", filters[i], items);
		reshape((size_t)-1, "garbage", 7);
		assert_non_null(run(&x));
		free(x.error);
	}
	/* Zeros after a tar archive, or after gzip, are padding. */
	for (size_t i = 0; i < 2; i++) {
		struct extract x = { 0 };

		setup(NULL);
		craft("ustar", filters[i], items);
		reshape((size_t)-1, zero, sizeof(zero));
		assert_null(run(&x));
	}
}

static void nothing_in_it(void **state)
{
	const struct item none[] = { { 0 } };
	const struct item top[] = { { "./", AE_IFDIR, NULL, 0, 0, 0 }, { 0 } };
	struct extract x = { 0 };

	(void)state;
	craft("ustar", NULL, none);
	assert_string_equal(run(&x), "it holds nothing");
	free(x.error);
	craft("ustar", "gzip", none);
	assert_string_equal(run(&x), "it holds nothing");
	free(x.error);
	filewrite(ARCHIVE, "", 0, 0644);
	assert_string_equal(run(&x), "it holds nothing");
	free(x.error);
	craft("ustar", NULL, top);
	assert_string_equal(run(&x), "it has no files, only directories");
	free(x.error);
	filewrite(ARCHIVE, "just some text, and not an archive", 34, 0644);
	assert_non_null(strstr(run(&x), "cannot read it as tar or zip"));
	free(x.error);
}

/* A compressed file of mebibytes of zeros, as the one entry of an archive. */
static void bomb(const char *format, const char *filter, size_t mebibytes)
{
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();
	char *zero = xcalloc(1, 1 << 20);

	archive_write_set_format_by_name(a, format);
	if (filter)
		archive_write_add_filter_by_name(a, filter);
	assert_int_equal(archive_write_open_filename(a, ARCHIVE), ARCHIVE_OK);
	archive_entry_set_pathname(e, "zeros");
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_size(e, (la_int64_t)mebibytes << 20);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	for (size_t i = 0; i < mebibytes; i++)
		archive_write_data(a, zero, 1 << 20);
	archive_entry_free(e);
	archive_write_close(a);
	archive_write_free(a);
	free(zero);
}

static void bombs(void **state)
{
	static const char *const filters[] = { "xz", "bzip2" };
	struct extract x = { 0 };

	for (size_t i = 0; i < 2; i++, setup(state)) {
		bomb("ustar", filters[i], 65);
		assert_non_null(strstr(run(&x), "64.0 MiB, far too"));
		free(x.error);
	}
	bomb("ustar", "zstd", 40);
	assert_null(run(&x));
}

static int begin(void **state)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	return scratchmake(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(refuses_names, setup),
		cmocka_unit_test_setup(refuses_kinds, setup),
		cmocka_unit_test_setup(refuses_symlink_tricks, setup),
		cmocka_unit_test_setup(refuses_hard_link_tricks, setup),
		cmocka_unit_test_setup(refuses_changed_kinds, setup),
		cmocka_unit_test_setup(takes_every_format, setup),
		cmocka_unit_test_setup(hard_links_and_repeats, setup),
		cmocka_unit_test_setup(names_beyond_ascii, setup),
		cmocka_unit_test_setup(only_some, setup),
		cmocka_unit_test_setup(strip_too_many, setup),
		cmocka_unit_test_setup(damaged, setup),
		cmocka_unit_test_setup(nothing_in_it, setup),
		cmocka_unit_test_setup(bombs, setup),
	};

	return cmocka_run_group_tests(tests, begin, scratchremove);
}
