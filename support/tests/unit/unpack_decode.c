// SPDX-License-Identifier: GPL-2.0-or-later
/* unpack: what decompression takes: one rule for all formats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <errno.h>

#include "../../fuzz/unpack.c"
#include "fs/file.h"

static const char *const filters[] = { "gzip", "bzip2", "xz", "lzma", "lzip", "zstd", "lz4" };

#define NFILTERS (sizeof(filters) / sizeof(*filters))

/* Text that is compressed in each way: some blocks of it, and zeros at its end. */
static char text[300000];

static void compress(const char *filter, const char *data, size_t len, struct buf *out)
{
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();
	size_t used = 0, size = 1 << 20;
	char *room = xmalloc(size);

	assert_int_equal(archive_write_set_format_raw(a), ARCHIVE_OK);
	assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
	archive_write_set_bytes_per_block(a, 0);
	assert_int_equal(archive_write_open_memory(a, room, size, &used), ARCHIVE_OK);
	archive_entry_set_filetype(e, AE_IFREG);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, data, len), len);
	archive_entry_free(e);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	bufadd(out, room, used);
	free(room);
}

/* A reader that gives few bytes at a time. */
static ssize_t trickle(void *arg, void *data, size_t len)
{
	return memoryread(arg, data, len < 7 ? len : 7);
}

/* Decompress in to out. Returns NULL, or the error, which the caller frees. */
static char *decompress(const struct buf *in, struct buf *out, int slow)
{
	struct memory m = { (const uint8_t *)in->data, in->len };
	struct decode *d = decodeopen(slow ? trickle : memoryread, &m);
	char chunk[70000], *why = NULL;
	ssize_t n;

	bufclear(out);
	while ((n = decoderead(d, chunk, sizeof(chunk))) > 0)
		bufadd(out, chunk, (size_t)n);
	if (n < 0)
		why = xstrdup(decodewhy(d));
	else
		assert_int_equal(decodetaken(d), in->len);
	decodeclose(d);
	return why;
}

/* It decompresses to the text, times over. */
static void gives(const struct buf *in, size_t times, const char *what)
{
	struct buf out = { 0 };

	for (int slow = 0; slow < 2; slow++) {
		char *why = decompress(in, &out, slow);

		if (why)
			fail_msg("%s: %s", what, why);
		assert_int_equal(out.len, times * sizeof(text));
		for (size_t i = 0; i < times; i++)
			assert_memory_equal(out.data + i * sizeof(text), text, sizeof(text));
	}
	buffree(&out);
}

static void refused(const struct buf *in, const char *because, const char *what)
{
	struct buf out = { 0 };

	for (int slow = 0; slow < 2; slow++) {
		char *why = decompress(in, &out, slow);

		if (!why || !strstr(why, because))
			fail_msg("%s: %s", what, why ? why : "it was taken");
		free(why);
	}
	buffree(&out);
}

static int setup(void **state)
{
	uint32_t n = 1;

	(void)state;
	for (size_t i = 0; i < sizeof(text) - 5000; i++) {
		n = n * 1664525 + 1013904223;
		text[i] = (char)(n >> 28 | 'a');
	}
	return 0;
}

static void takes_one_and_several_frames(void **state)
{
	(void)state;
	for (size_t i = 0; i < NFILTERS; i++) {
		struct buf in = { 0 };

		compress(filters[i], text, sizeof(text), &in);
		gives(&in, 1, filters[i]);
		for (size_t n = 0; n < 2; n++)
			compress(filters[i], text, sizeof(text), &in);
		gives(&in, 3, filters[i]);
		buffree(&in);
	}
}

static void takes_zeros_behind(void **state)
{
	static const size_t zeros[] = { 1, 2, 3, 4, 5, 12, 13, 512, 10240, 600000 };
	char *zero = xcalloc(1, 600000);

	(void)state;
	for (size_t i = 0; i < NFILTERS; i++) {
		for (size_t k = 0; k < sizeof(zeros) / sizeof(*zeros); k++) {
			struct buf in = { 0 };

			compress(filters[i], text, sizeof(text), &in);
			bufadd(&in, zero, zeros[k]);
			gives(&in, 1, filters[i]);
			bufputc(&in, 'x');
			refused(&in, "something else after its end", filters[i]);
			buffree(&in);
		}
	}
	free(zero);
}

static void refuses_all_else_behind(void **state)
{
	static const char *const behind[] = {
		"x", "garbage", "\x1f", "\x28\xb5\x2f", "BZ", "LZIP", "PK\3\4 some other archive"
	};

	(void)state;
	for (size_t i = 0; i < NFILTERS; i++) {
		struct buf in = { 0 };

		for (size_t k = 0; k < sizeof(behind) / sizeof(*behind); k++) {
			bufclear(&in);
			compress(filters[i], text, sizeof(text), &in);
			bufputs(&in, behind[k]);
			refused(&in, "something else after its end", filters[i]);
		}
		bufclear(&in);
		compress(filters[i], text, sizeof(text), &in);
		compress(filters[(i + 1) % NFILTERS], text, sizeof(text), &in);
		refused(&in, "something else after its end", filters[i]);
		buffree(&in);
	}
}

static void refuses_what_is_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < NFILTERS; i++) {
		struct buf in = { 0 };
		size_t len;

		compress(filters[i], text, sizeof(text), &in);
		len = in.len;
		/* The head alone could be anything. */
		for (size_t cut = 1; cut < len - 20; cut += cut < 40 ? 1 : len / 40) {
			in.len = len - cut;
			refused(&in, "cut short", filters[i]);
		}
		buffree(&in);
	}
}

static void finds_damage(void **state)
{
	(void)state;
	for (size_t i = 0; i < NFILTERS; i++) {
		struct buf in = { 0 }, out = { 0 };
		char *why;

		compress(filters[i], text, sizeof(text), &in);
		in.data[in.len / 2] ^= 0x10;
		why = decompress(&in, &out, 0);
		/* lzma has no checksum. */
		if (strcmp(filters[i], "lzma") != 0) {
			assert_non_null(why);
			assert_non_null(strstr(why, "damaged"));
		}
		free(why);
		buffree(&out);
		buffree(&in);
	}
}

static void passes_over_skippable_frames(void **state)
{
	static const char *const both[] = { "zstd", "lz4" };
	struct buf in = { 0 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		bufclear(&in);
		bufadd(&in, "\x50\x2a\x4d\x18\5\0\0\0hello", 13);
		compress(both[i], text, sizeof(text), &in);
		bufadd(&in, "\x5f\x2a\x4d\x18\0\0\0\0", 8);
		compress(both[i], text, sizeof(text), &in);
		gives(&in, 2, both[i]);
		bufadd(&in, "\x50\x2a\x4d\x18\xff\xff\xff\xff....", 12);
		refused(&in, "cut short", both[i]);
	}
	buffree(&in);
}

static void leaves_the_rest_as_it_is(void **state)
{
	static const char *const plain[] = { "", "x", "PK", "BZ\n", "a\0\0\0\0\0\0\0\0\0\0\0\0\0" };
	struct buf in = { 0 }, out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
		bufclear(&in);
		bufadd(&in, plain[i], strlen(plain[i]) + 1);
		assert_null(decompress(&in, &out, i % 2));
		assert_int_equal(out.len, in.len);
		assert_memory_equal(out.data, in.data, in.len);
	}
	buffree(&in);
	buffree(&out);
}

static ssize_t broken(void *arg, void *data, size_t len)
{
	(void)arg;
	(void)data;
	(void)len;
	errno = EIO;
	return -1;
}

static void tells_what_the_system_says(void **state)
{
	struct decode *d = decodeopen(broken, NULL);
	char byte;

	(void)state;
	assert_int_equal(decoderead(d, &byte, 1), -1);
	assert_string_equal(decodewhy(d), "cannot read it: Input/output error");
	decodeclose(d);
}

static void zip_ends(void **state)
{
	static const struct {
		const char *tail;
		size_t len;
		ssize_t want;
	} row[] = {
#define EOCD(c) "PK\5\6\0\0\0\0\1\0\1\0\1\0\0\0\1\0\0\0" c "\0"
		{ EOCD("\0"), 22, 22 },
		{ "xx" EOCD("\0"), 24, 24 },
		{ EOCD("\0") "\0\0\0", 25, 22 },
		{ EOCD("\0") "x", 23, -1 },
		{ EOCD("\0") "\0\0x", 25, -1 },
		{ EOCD("\3") "abc", 25, 25 },
		{ EOCD("\3") "a\0\0", 25, 25 },
		{ EOCD("\3") "ab", 24, -1 },
		{ EOCD("\3") "abc\0", 26, 25 },
		{ EOCD("\3") "abcd", 26, -1 },
		{ EOCD("\x16") EOCD("\0"), 44, 44 },
		{ EOCD("\0") EOCD("\0"), 44, 44 },
		{ EOCD("\0") EOCD("\1"), 44, -1 },
		{ EOCD("\0"), 21, 0 },
		{ "PK\3\4 and nothing", 16, 0 },
		{ "", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		if (zipend((const unsigned char *)row[i].tail, row[i].len) != row[i].want)
			fail_msg("row %zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_one_and_several_frames),
		cmocka_unit_test(takes_zeros_behind),
		cmocka_unit_test(refuses_all_else_behind),
		cmocka_unit_test(refuses_what_is_cut),
		cmocka_unit_test(finds_damage),
		cmocka_unit_test(passes_over_skippable_frames),
		cmocka_unit_test(leaves_the_rest_as_it_is),
		cmocka_unit_test(tells_what_the_system_says),
		cmocka_unit_test(zip_ends),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
