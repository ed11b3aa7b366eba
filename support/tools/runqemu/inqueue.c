// SPDX-License-Identifier: GPL-2.0-or-later
#include "inqueue.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define QUEUE_LIMIT 1024 /* most bytes in the queue */
#define EOT	    '\004'

bool inqueuewants(const struct inqueue *f)
{
	return !f->ended && f->pending.len < QUEUE_LIMIT;
}

void inqueueread(struct inqueue *f)
{
	char data[QUEUE_LIMIT];
	ssize_t n = read(STDIN_FILENO, data, sizeof(data));

	if (n > 0) {
		bufadd(&f->pending, data, (size_t)n);
		f->midline = data[n - 1] != '\n';
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		f->ended = true;
	}
}

void inqueueeot(struct inqueue *f)
{
	if (f->midline)
		bufputc(&f->pending, '\n');
	bufputc(&f->pending, EOT);
	f->midline = false;
}

void inqueuesend(struct inqueue *f, int fd)
{
	ssize_t n = send(fd, f->pending.data, f->pending.len, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (n <= 0)
		return;
	memmove(f->pending.data, f->pending.data + n, f->pending.len - (size_t)n);
	f->pending.len -= (size_t)n;
}

void inqueuefree(struct inqueue *f)
{
	buffree(&f->pending);
}
