// SPDX-License-Identifier: GPL-2.0-or-later
/* unpack: what is too much, too deep or of no time that there is; and what is none of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <signal.h>
#include <sys/resource.h>

#include "craft.h"

static void refused(const char *format, const struct item *it, off_t limit, const char *why)
{
	struct extract x = { .limit = limit };
	char *error;

	setup(NULL);
	craft(format, NULL, it);
	error = run(&x);
	if (!error || !strstr(error, why))
		fail_msg("expected '%s', got: %s", why, error ? error : "it was taken");
	free(error);
}

#define REFUSED(format, limit, why, ...)                                                           \
	refused(format, (const struct item[]){ __VA_ARGS__, { 0 } }, limit, why)

static void taken(const char *format, const struct item *it, struct extract *x)
{
	setup(NULL);
	craft(format, NULL, it);
	if (run(x))
		fail_msg("%s: %s", it->path, x->error);
}

/* n components "d" and then file. Caller frees. */
static char *deep(size_t n, const char *file)
{
	struct buf b = { 0 };

	while (n--)
		bufputs(&b, "d/");
	bufputs(&b, file);
	return bufsteal(&b);
}

static void depth(void **state)
{
	char *ok = deep(255, "f"), *over = deep(256, "f"), *far = deep(100000, "f");
	struct extract x = { 0 };

	(void)state;
	taken("pax", (const struct item[]){ { ok, AE_IFREG, "x", 0, 0, 0 }, { 0 } }, &x);
	REFUSED("pax", 0, "more than 256 directories deep", { over, AE_IFREG, "x", 0, 0, 0 });
	REFUSED("pax", 0, "'... is refused: its name is longer than 4095 bytes",
		{ far, AE_IFREG, "x", 0, 0, 0 });
	REFUSED("pax", 0, "is bad: its name is longer than 4095 bytes", { "h", 0, far, 0, 0, 0 });
	REFUSED("pax", 0, "to a name longer than 4095 bytes", { "l", AE_IFLNK, far, 0, 0, 0 });
	free(ok);
	free(over);
	free(far);
}

/* A file that claims 10 TiB and holds a byte. */
static void claims(void **state)
{
	const struct item small = { "s", AE_IFREG, "x", 0, 0, 60 << 20 };
	const long long huge = 10LL << 40;
	struct extract x = { 0 };
	struct stat st;

	(void)state;
	REFUSED("pax", 0, "entry 's' is refused: the files up to it have more than 64.0 MiB",
		{ "s", AE_IFREG, "x", 0, 0, huge });
	REFUSED("pax", 0, "entry 't' is refused", small, { "t", AE_IFREG, "x", 0, 0, 5 << 20 });
	REFUSED("pax", 4096, "more than 4.0 KiB", { "s", AE_IFREG, "x", 0, 0, 4097 });
	taken("pax", (const struct item[]){ small, { 0 } }, &x);
	assert_int_equal(stat(UNPACKED "/s", &st), 0);
	assert_int_equal(st.st_size, 60 << 20);
}

static void dates(void **state)
{
	static const struct {
		long long mtime, want;
	} row[] = {
		{ -1, 0 },
		{ -62135596800, 0 },
		{ INT64_MIN + 1, 0 },
		{ 0, 0 },
		{ 1, 1 },
		{ INT32_MAX, INT32_MAX },
		{ 1LL << 31, 1LL << 31 },
		{ UINT32_MAX, UINT32_MAX },
	};
	struct stat st;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct extract x = { 0 };

		taken("pax",
		      (const struct item[]){ { "f", AE_IFREG, "x", 0, row[i].mtime, 0 }, { 0 } },
		      &x);
		assert_int_equal(x.newest, row[i].want);
		assert_int_equal(stat(UNPACKED "/f", &st), 0);
		/* A file system may hold less. */
		if (row[i].want <= INT32_MAX)
			assert_int_equal(st.st_mtime, row[i].want);
	}
	REFUSED("pax", 0, "entry 'f' is refused: its time is later than the year 2106",
		{ "f", AE_IFREG, "x", 0, 1LL << 32, 0 });
	REFUSED("pax", 0, "later than the year 2106", { "f", AE_IFREG, "x", 0, INT64_MAX, 0 });
	REFUSED("gnutar", 0, "later than the year 2106", { "f", AE_IFREG, "x", 0, INT64_MAX, 0 });
	REFUSED("pax", 0, "entry 'd/' is refused", { "d", AE_IFDIR, NULL, 0, INT64_MAX, 0 });
	REFUSED("pax", 0, "entry 'l' is refused", { "l", AE_IFLNK, "f", 0, INT64_MAX, 0 });
}

/* A tar archive whose first name begins as a zip file does is one of tar. */
static void tar_or_zip(void **state)
{
	static const char *const formats[] = { "ustar", "pax", "gnutar", "v7tar", "zip" };
	static const char *const names[] = { "PK", "PKZIP.txt", "PK00", "PK/x" };

	(void)state;
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++) {
			struct extract x = { 0 };

			taken(formats[i],
			      (const struct item[]){ { names[k], AE_IFREG, "x", 0, 0, 0 }, { 0 } },
			      &x);
			assert_int_equal(x.count, 1);
		}
	}
}

/* The rule for what follows the end is that of decode.h, also for zip. */
static void zip_trail(void **state)
{
	const struct item items[] = { { "a", AE_IFREG, "x", 0, 0, 0 }, { 0 } };
	char *zero = xcalloc(1, 200000);

	(void)state;
	for (size_t n = 0; n <= 200000; n = n * 5 + 1) {
		struct extract x = { 0 };
		struct buf b = { 0 };

		taken("zip", items, &x);
		assert_int_equal(fileread(ARCHIVE, &b), 0);
		bufadd(&b, zero, n);
		setup(NULL);
		assert_int_equal(filewrite(ARCHIVE, b.data, b.len, 0644), 0);
		assert_null(run(&x));
		bufputc(&b, 'x');
		setup(NULL);
		assert_int_equal(filewrite(ARCHIVE, b.data, b.len, 0644), 0);
		/* So far ahead its mark is not looked for. */
		if (!run(&x) || (n < 65535 && !strstr(x.error, "something else after its end")))
			fail_msg("%zu zeros: %s", n, x.error ? x.error : "it was taken");
		free(x.error);
		buffree(&b);
	}
	free(zero);
}

static void no_files(void **state)
{
	const struct item top = { "top/", AE_IFDIR, NULL, 0, 0, 0 };
	struct strlist only = { 0 };
	struct extract x = { .strip = 1, .only = &only };

	(void)state;
	REFUSED("pax", 0, "it has no files, only directories", top);
	REFUSED("zip", 0, "it has no files, only directories", top);
	REFUSED("pax", 0, "it has no files, only directories", top,
		{ "top/sub/", AE_IFDIR, NULL, 0, 0, 0 });
	listadd(&only, "sub");
	craft("pax", NULL,
	      (const struct item[]){ { "top/sub", AE_IFDIR, NULL, 0, 0, 0 },
				     { "top/f", AE_IFREG, "x", 0, 0, 0 },
				     { 0 } });
	setup(NULL);
	assert_string_equal(run(&x), "it has no files, only directories");
	free(x.error);
	listfree(&only);
}

/* What the system says of a write that failed is told, with the file. */
static void no_room(void **state)
{
	struct rlimit old, few;
	char *text = xcalloc(1, 200001);

	(void)state;
	memset(text, 'x', 200000);
	signal(SIGXFSZ, SIG_IGN);
	setup(NULL);
	craft("pax", NULL, (const struct item[]){ { "big", AE_IFREG, text, 0, 0, 0 }, { 0 } });
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	few = old;
	few.rlim_cur = 100000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &few), 0);
	struct extract x = { 0 };
	char *error = run(&x);

	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_string_equal(error, "entry 'big': Write failed: File too large");
	free(error);
	free(text);
}

static int begin(void **state)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	return scratchmake(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(depth, setup),	  cmocka_unit_test_setup(claims, setup),
		cmocka_unit_test_setup(dates, setup),	  cmocka_unit_test_setup(tar_or_zip, setup),
		cmocka_unit_test_setup(zip_trail, setup), cmocka_unit_test_setup(no_files, setup),
		cmocka_unit_test_setup(no_room, setup),
	};

	return cmocka_run_group_tests(tests, begin, scratchremove);
}
