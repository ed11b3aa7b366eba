// SPDX-License-Identifier: GPL-2.0-or-later
/* Writing to a disk that keeps less, or other bytes, than it was given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "writedisk/transfer.h"

#define SIZE ((size_t)9 << 20) /* more than two pieces */

/* A file in memory with SIZE bytes that do not repeat soon. */
static int filled(void)
{
	int fd = memfd_create("image", MFD_CLOEXEC);
	uint32_t n;

	assert_true(fd >= 0);
	for (n = 0; n < SIZE / sizeof(n); n++) {
		uint32_t word = n * 2654435761u;

		assert_int_equal(pwrite(fd, &word, sizeof(word), n * sizeof(word)), sizeof(word));
		if (n % 1024 == 0)
			n += 1023; /* a word in each page is enough */
	}
	assert_int_equal(ftruncate(fd, SIZE), 0);
	return fd;
}

static void whole(void **state)
{
	int image = filled(), disk = memfd_create("disk", MFD_CLOEXEC);
	unsigned long long done, at;
	char hex[DIGESTHEX];

	(void)state;
	assert_int_equal(ftruncate(disk, SIZE * 2), 0);
	assert_int_equal(transferwrite(image, disk, &done, hex, NULL), 0);
	assert_int_equal(done, SIZE);
	assert_int_equal(transferverify(image, disk, &at, NULL), 0);
	assert_int_equal(at, SIZE);
	close(image);
	close(disk);
}

/* The first byte that is not kept is named, wherever it is. */
static void altered(void **state)
{
	static const size_t where[] = { 0, (4 << 20) - 1, 4 << 20, SIZE - 1 };
	unsigned long long done, at;
	char hex[DIGESTHEX];

	(void)state;
	for (size_t i = 0; i < sizeof(where) / sizeof(*where); i++) {
		int image = filled(), disk = memfd_create("disk", MFD_CLOEXEC);
		unsigned char byte;

		assert_int_equal(transferwrite(image, disk, &done, hex, NULL), 0);
		assert_int_equal(pread(disk, &byte, 1, (off_t)where[i]), 1);
		byte ^= 0x10;
		assert_int_equal(pwrite(disk, &byte, 1, (off_t)where[i]), 1);
		assert_int_equal(transferverify(image, disk, &at, NULL), 1);
		assert_int_equal(at, where[i]);
		close(image);
		close(disk);
	}
}

/* A disk that ends early. */
static void shorter(void **state)
{
	int image = filled(), disk = memfd_create("disk", MFD_CLOEXEC);
	unsigned long long done, at;
	char hex[DIGESTHEX];

	(void)state;
	assert_int_equal(transferwrite(image, disk, &done, hex, NULL), 0);
	assert_int_equal(ftruncate(disk, SIZE / 2), 0);
	assert_int_equal(transferverify(image, disk, &at, NULL), 1);
	assert_int_equal(at, SIZE / 2);
	close(image);
	close(disk);
}

static void full(void **state)
{
	int image = filled(), disk = open("/dev/full", O_RDWR | O_CLOEXEC);
	unsigned long long done;
	char hex[DIGESTHEX];

	(void)state;
	assert_true(disk >= 0);
	assert_int_equal(transferwrite(image, disk, &done, hex, NULL), -1);
	assert_int_equal(errno, ENOSPC);
	assert_int_equal(done, 0);
	close(image);
	close(disk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(altered),
		cmocka_unit_test(shorter),
		cmocka_unit_test(full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
