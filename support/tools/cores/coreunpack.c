// SPDX-License-Identifier: GPL-2.0-or-later
#include "coreunpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "archive/decode.h"
#include "base/buf.h"
#include "fs/file.h"

#define BLOCK 65536 /* bytes that are looked at for a hole */

static ssize_t input(void *arg, void *data, size_t len)
{
	const int *fd = arg;
	ssize_t n;

	do
		n = read(*fd, data, len);
	while (n < 0 && errno == EINTR);
	return n;
}

static bool zero(const char *data, size_t len)
{
	return !len || (data[0] == 0 && memcmp(data, data + 1, len - 1) == 0);
}

/* Write all that d gives to fd. Returns NULL, or why it failed. */
static char *copy(struct decode *d, int fd)
{
	static char data[BLOCK];
	off_t size = 0;
	ssize_t n;

	while ((n = decoderead(d, data, sizeof(data))) > 0) {
		size += n;
		if (zero(data, (size_t)n) ? lseek(fd, n, SEEK_CUR) < 0
					  : writeall(fd, data, (size_t)n) < 0)
			return xstrdup(strerror(errno));
	}
	if (n < 0)
		return xasprintf("it is damaged: %s", decodewhy(d));
	return ftruncate(fd, size) < 0 ? xstrdup(strerror(errno)) : NULL;
}

char *coreunpack(const char *from, int fd)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	struct decode *d;
	char *why;

	if (in < 0)
		return xstrdup(strerror(errno));
	d = decodeopen(input, &in);
	why = copy(d, fd);
	decodeclose(d);
	close(in);
	return why;
}
