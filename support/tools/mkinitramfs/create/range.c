// SPDX-License-Identifier: GPL-2.0-or-later
#include "range.h"

#include <errno.h>
#include <unistd.h>

#define CHUNK ((size_t)256 << 10)

/* Call take for each chunk of the range. take returns 0, or -1 with errno set. */
static int rangeread(const struct range *r, int (*take)(void *to, const void *data, size_t len),
		     void *to)
{
	char chunk[CHUNK];
	uint64_t done = 0;

	while (done < r->size) {
		size_t want = r->size - done < CHUNK ? (size_t)(r->size - done) : CHUNK;
		ssize_t n = pread(r->fd, chunk, want, (off_t)(r->offset + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO; /* the file was truncated meanwhile */
		if (n <= 0 || take(to, chunk, (size_t)n) < 0)
			return -1;
		done += (uint64_t)n;
	}
	return 0;
}

static int todigest(void *to, const void *data, size_t len)
{
	digestadd(to, data, len);
	return 0;
}

static int tosink(void *to, const void *data, size_t len)
{
	return compresswrite(to, data, len);
}

int rangedigest(const struct range *r, char hex[DIGESTHEX])
{
	struct digest *d = digestnew();
	int ret = rangeread(r, todigest, d);

	digestend(d, hex);
	return ret;
}

int rangecompress(const struct range *r, const struct compressor *c, int level, int out,
		  uint64_t *written)
{
	struct sink s;
	int ret, err;

	if (sinkopen(&s, out, c, level, r->size) < 0)
		return -1;
	ret = rangeread(r, tosink, &s);
	if (ret == 0)
		ret = sinkend(&s);
	err = errno;
	*written += s.written;
	sinkclose(&s);
	errno = err;
	return ret;
}
