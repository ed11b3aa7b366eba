// SPDX-License-Identifier: GPL-2.0-or-later
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

/* Whether path still names the file that fd has open: its last holder may have removed it. */
static bool current(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}

int locktry(struct lock *l, const char *path)
{
	for (;;) {
		int fd = regopen(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0666);

		if (fd < 0)
			return -1;
		if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
			int err = errno;

			close(fd);
			errno = err;
			return err == EWOULDBLOCK ? 0 : -1;
		}
		if (current(fd, path)) {
			l->fd = fd;
			l->path = xstrdup(path);
			return 1;
		}
		close(fd);
	}
}

void lockdrop(struct lock *l)
{
	if (!l->path)
		return;
	unlink(l->path);
	close(l->fd);
	free(l->path);
	*l = (struct lock){ .fd = -1 };
}
