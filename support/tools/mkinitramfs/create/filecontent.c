// SPDX-License-Identifier: GPL-2.0-or-later
#include "filecontent.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

#define CHUNK ((size_t)128 << 10)

/* Copy the bytes from fd, and check that there are no more. */
static int copy(const struct inode *o, int fd, char *chunk, const struct contentout *out,
		struct digest *d, struct problems *p)
{
	uint64_t left = o->size;
	ssize_t n;

	while ((n = readall(fd, chunk, left < CHUNK ? left + 1 : CHUNK)) > 0) {
		if ((uint64_t)n > left)
			break;
		left -= (uint64_t)n;
		if (d)
			digestadd(d, chunk, (size_t)n);
		if (out->put(out->to, chunk, (size_t)n) < 0)
			return problemadd(p, "%s: cannot write:", out->name);
	}
	if (n < 0)
		return problemadd(p, "%s: cannot read:", o->source);
	if (n > 0 || left > 0)
		return problemadd(p,
				  "%s: its size changed while it was read (it was %llu bytes): "
				  "run again when nothing writes to it",
				  o->source, (unsigned long long)o->size);
	return 0;
}

int contentput(const struct inode *o, const struct contentout *out, struct digest *d,
	       struct problems *p)
{
	int fd = open(o->source, O_RDONLY | O_NONBLOCK | O_CLOEXEC), ret;
	char *chunk;

	if (fd < 0)
		return problemadd(p, "%s: cannot open:", o->source);
	chunk = xmalloc(CHUNK);
	ret = copy(o, fd, chunk, out, d, p);
	free(chunk);
	close(fd);
	return ret;
}
