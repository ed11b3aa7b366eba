// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: a kernel's configuration, as a file and inside the kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "runqemu/ikconfig.h"

static const char text[] = "CONFIG_FIRST=y\n# CONFIG_OFF is not set\nCONFIG_MODULE=m\n"
			   "CONFIG_VIRTIO_NET=y\nCONFIG_LAST=y\n";

static void checktext(const struct ikconfig *k)
{
	assert_true(ikconfigknown(k));
	assert_true(ikconfighas(k, "FIRST"));
	assert_true(ikconfighas(k, "VIRTIO_NET"));
	assert_true(ikconfighas(k, "LAST"));
	assert_false(ikconfighas(k, "OFF"));
	assert_false(ikconfighas(k, "MODULE"));
	assert_false(ikconfighas(k, "VIRTIO"));
	assert_false(ikconfighas(k, "NET"));
}

/* A kernel with text packed inside; the caller frees. */
static unsigned char *kernel(size_t *len)
{
	unsigned char *image = calloc(1, 8192);
	z_stream z = { 0 };

	memcpy(image + 100, "IKCFG_ST but not really", 23);
	memcpy(image + 1000, "IKCFG_ST", 8);
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (Bytef *)text;
	z.avail_in = sizeof(text) - 1;
	z.next_out = image + 1008;
	z.avail_out = 4096;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	*len = 1008 + z.total_out;
	memcpy(image + *len, "IKCFG_ED", 8);
	deflateEnd(&z);
	return image;
}

static void reads_a_file(void **state)
{
	struct ikconfig k = { 0 };
	char *file;

	(void)state;
	assert_false(ikconfigknown(&k));
	assert_false(ikconfighas(&k, "FIRST"));
	assert_int_equal(ikconfigread(&k, "/nonexistent"), -1);
	file = xstrdup(text);
	ikconfigparse(&k, file);
	checktext(&k);
	free(file);
	ikconfigfree(&k);
}

static void finds_it_in_a_kernel(void **state)
{
	struct ikconfig k = { 0 };
	unsigned char *image;
	size_t len;

	(void)state;
	image = kernel(&len);
	assert_true(ikconfigfind(&k, image, len + 8));
	checktext(&k);
	assert_true(ikconfigfind(&k, image, len));
	ikconfigfree(&k);
	free(image);
}

static void believes_no_half(void **state)
{
	struct ikconfig k = { 0 };
	unsigned char *image;
	size_t len;

	(void)state;
	image = kernel(&len);
	for (size_t cut = 0; cut < len; cut += cut < 1000 ? 50 : 1)
		assert_false(ikconfigfind(&k, image, cut));
	assert_false(ikconfigknown(&k));
	image[1030] ^= 0x55;
	assert_false(ikconfigfind(&k, image, len));
	ikconfigfree(&k);
	free(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_file),
		cmocka_unit_test(finds_it_in_a_kernel),
		cmocka_unit_test(believes_no_half),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
