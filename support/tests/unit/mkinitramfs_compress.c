// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: what each codec writes is what the reader takes, and always the same. */
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
#include <unistd.h>

#include "archive/compress.h"
#include "archive/decompress.h"
#include "fs/file.h"

static const char *const codecs[] = { "gzip", "bzip2", "xz", "zstd", "lz4" };
#define NCODECS (sizeof(codecs) / sizeof(*codecs))

/* Bytes that can be compressed, but not to nothing. */
static struct buf sample(size_t len)
{
	struct buf b = { 0 };
	uint32_t x = 1;

	while (b.len < len) {
		x = x * 1664525 + 1013904223;
		bufprintf(&b, "%u line %u\n", x >> 20, x >> 28);
	}
	b.len = len;
	return b;
}

/* Compress data, handed over step bytes at a time. */
static struct buf compressed(const char *codec, int level, const struct buf *data, size_t step)
{
	char name[] = "/tmp/mkinitramfs-unit.XXXXXX";
	const struct compressor *c = compressfind(codec);
	struct buf out = { 0 };
	struct sink s;
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	assert_int_equal(sinkopen(&s, fd, c, level ? level : c->preset, data->len), 0);
	for (size_t at = 0; at < data->len; at += step) {
		size_t n = data->len - at < step ? data->len - at : step;

		assert_int_equal(compresswrite(&s, data->data + at, n), 0);
	}
	assert_int_equal(sinkend(&s), 0);
	uint64_t written = s.written;

	sinkclose(&s);
	close(fd);
	assert_int_equal(fileread(name, &out), 0);
	unlink(name);
	assert_int_equal(out.len, written);
	return out;
}

static void decompresses(const char *codec, const struct buf *stream, const struct buf *want)
{
	struct compressed p = { .inlen = stream->len, .limit = want->len };
	const struct format *f;

	p.in = (unsigned char *)stream->data;
	f = formatfind(p.in, p.inlen);
	assert_non_null(f);
	assert_string_equal(f->name, codec);
	if (decompress(f, &p) < 0)
		fail_msg("%s: %s", codec, p.why);
	assert_int_equal(p.used, stream->len);
	assert_int_equal(p.out.len, want->len);
	if (want->len)
		assert_memory_equal(p.out.data, want->data, want->len);
	buffree(&p.out);
}

static void round_trips(void **state)
{
	static const size_t sizes[] = { 0, 1, 512, 65536, 1 << 20, (1 << 20) + 1 };

	(void)state;
	for (size_t i = 0; i < NCODECS; i++) {
		for (size_t j = 0; j < sizeof(sizes) / sizeof(*sizes); j++) {
			struct buf data = sample(sizes[j]);
			struct buf stream = compressed(codecs[i], 0, &data, 100000);

			decompresses(codecs[i], &stream, &data);
			buffree(&stream);
			buffree(&data);
		}
	}
}

static void lz4_goes_on_after_8_mib(void **state)
{
	struct buf data = sample((8 << 20) + 1);
	struct buf stream = compressed("lz4", 3, &data, 1 << 20);

	(void)state;
	decompresses("lz4", &stream, &data);
	assert_memory_equal(stream.data, "\002\041\114\030", 4);
	buffree(&stream);
	buffree(&data);
}

static void levels(void **state)
{
	struct buf data = sample(300000);

	(void)state;
	for (size_t i = 0; i < NCODECS; i++) {
		const struct compressor *c = compressfind(codecs[i]);
		struct buf least = compressed(codecs[i], c->least ? c->least : 1, &data, 5000);
		struct buf most = compressed(codecs[i], c->most, &data, 5000);

		decompresses(codecs[i], &least, &data);
		decompresses(codecs[i], &most, &data);
		assert_true(most.len <= least.len);
		buffree(&least);
		buffree(&most);
	}
	buffree(&data);
}

static void steps_do_not_matter(void **state)
{
	struct buf data = sample((1 << 20) + 777);

	(void)state;
	for (size_t i = 0; i < NCODECS; i++) {
		struct buf a = compressed(codecs[i], 3, &data, data.len);
		struct buf b = compressed(codecs[i], 3, &data, 4097);

		assert_int_equal(a.len, b.len);
		assert_memory_equal(a.data, b.data, a.len);
		buffree(&a);
		buffree(&b);
	}
	buffree(&data);
}

static void truncation_is_told(void **state)
{
	struct buf data = sample(5000);

	(void)state;
	for (size_t i = 0; i < NCODECS; i++) {
		struct buf stream = compressed(codecs[i], 0, &data, data.len);

		for (size_t len = 2; len < stream.len; len += 7) {
			struct compressed p = { .inlen = len, .limit = 1 << 20 };

			p.in = (unsigned char *)stream.data;
			/* an lz4 stream has no end mark: one that stops between blocks is whole */
			if (decompress(formatfind(p.in, len), &p) == 0 &&
			    !(strcmp(codecs[i], "lz4") == 0 && len < 8))
				fail_msg("%s: %zu of %zu bytes are taken", codecs[i], len,
					 stream.len);
			buffree(&p.out);
		}
		buffree(&stream);
	}
	buffree(&data);
}

static void the_limit_holds(void **state)
{
	struct buf data = sample(200000);

	(void)state;
	for (size_t i = 0; i < NCODECS; i++) {
		struct buf stream = compressed(codecs[i], 0, &data, data.len);
		struct compressed p = { .inlen = stream.len, .limit = data.len - 1 };

		p.in = (unsigned char *)stream.data;
		assert_int_equal(decompress(formatfind(p.in, p.inlen), &p), -1);
		assert_non_null(strstr(p.why, "more than this program takes"));
		buffree(&p.out);
		buffree(&stream);
	}
	buffree(&data);
}

/* What kernels and small guests need of a stream's header. */
static void headers(void **state)
{
	struct buf small = sample(3000), large = sample(300000);
	struct buf gzip = compressed("gzip", 0, &small, small.len);
	struct buf xz = compressed("xz", 0, &large, large.len);
	struct buf zstd = compressed("zstd", 22, &large, large.len);

	(void)state;
	/* no name, no time, best compression, Unix */
	assert_memory_equal(gzip.data, "\037\213\010\0\0\0\0\0\002\003", 10);
	assert_int_equal(xz.data[7], 1);      /* CRC32 */
	assert_int_equal(xz.data[12 + 3], 1); /* a property of LZMA2: */
	assert_int_equal(xz.data[12 + 4],
			 0x0e); /* 512 KiB, the least power of two that holds all */
	assert_int_equal(zstd.data[4] & 0x24, 0x24); /* checksum; window as large as the data */
	buffree(&small);
	buffree(&large);
	buffree(&gzip);
	buffree(&xz);
	buffree(&zstd);
}

static void a_full_disk_is_told(void **state)
{
	struct buf data = sample(3 << 20);
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	for (size_t i = 0; i < NCODECS; i++) {
		const struct compressor *c = compressfind(codecs[i]);
		struct sink s;
		int ret;

		assert_int_equal(sinkopen(&s, fd, c, c->least ? c->least : 1, data.len), 0);
		errno = 0;
		ret = compresswrite(&s, data.data, data.len);
		if (ret == 0)
			ret = sinkend(&s);
		assert_int_equal(ret, -1);
		assert_int_equal(errno, ENOSPC);
		sinkclose(&s);
	}
	close(fd);
	buffree(&data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trips),
		cmocka_unit_test(lz4_goes_on_after_8_mib),
		cmocka_unit_test(levels),
		cmocka_unit_test(steps_do_not_matter),
		cmocka_unit_test(truncation_is_told),
		cmocka_unit_test(the_limit_holds),
		cmocka_unit_test(headers),
		cmocka_unit_test(a_full_disk_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
