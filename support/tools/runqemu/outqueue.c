// SPDX-License-Identifier: GPL-2.0-or-later
#include "outqueue.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#define FULL 65536 /* bytes */

bool outqueuefull(const struct outqueue *s)
{
	return s->pending.len >= FULL;
}

int outqueuewrite(struct outqueue *s)
{
	size_t len = s->pending.len < PIPE_BUF ? s->pending.len : PIPE_BUF;
	ssize_t n = write(s->fd, s->pending.data, len);

	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? 0 : -1;
	memmove(s->pending.data, s->pending.data + n, s->pending.len - (size_t)n);
	s->pending.len -= (size_t)n;
	return 0;
}
