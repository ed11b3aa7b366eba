// SPDX-License-Identifier: GPL-2.0-or-later
#include "transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

#define PIECE ((size_t)4 << 20)

int transferwrite(int from, int to, unsigned long long *done, char hex[DIGESTHEX],
		  transferprogress progress)
{
	struct digest *d = digestnew();
	char *piece = xmalloc(PIECE);
	ssize_t n;
	int ret = 0, err;

	*done = 0;
	while (ret == 0 && (n = readall(from, piece, PIECE)) != 0) {
		/* The device gets each piece before the next one: else the end would take minutes.
		 */
		ret = n < 0 || writeall(to, piece, (size_t)n) < 0 || fdatasync(to) < 0 ? -1 : 0;
		if (ret == 0) {
			digestadd(d, piece, (size_t)n);
			*done += (unsigned long long)n;
			if (progress)
				progress(*done);
		}
	}
	err = errno;
	digestend(d, hex);
	free(piece);
	errno = err;
	return ret == 0 ? fsync(to) : ret;
}

/* Let the next reads come from the device, not from memory. */
static void forget(int fd)
{
	ioctl(fd, BLKFLSBUF); /* fails for a file */
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

int transferverify(int from, int fd, unsigned long long *at, transferprogress progress)
{
	char *want = xmalloc(PIECE), *got = xmalloc(PIECE);
	ssize_t n = 0, m;
	int ret = 0, err;

	*at = 0;
	forget(fd);
	if (lseek(from, 0, SEEK_SET) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		ret = -1;
	while (ret == 0 && (n = readall(from, want, PIECE)) > 0) {
		size_t same = 0;

		m = readall(fd, got, (size_t)n);
		while (m > 0 && same < (size_t)m && want[same] == got[same])
			same++;
		*at += same;
		ret = m < 0 ? -1 : same < (size_t)n;
		if (ret == 0 && progress)
			progress(*at);
	}
	err = errno;
	free(want);
	free(got);
	errno = err;
	return n < 0 ? -1 : ret;
}
