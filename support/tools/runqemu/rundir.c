// SPDX-License-Identifier: GPL-2.0-or-later
#include "rundir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

/* Whether the directory at path is still the one at fd. */
static bool same(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat(path, &b) == 0 && a.st_ino == b.st_ino &&
	       a.st_dev == b.st_dev;
}

int rundiropen(struct rundir *r, const char *path)
{
	int fd, err;

	for (;;) {
		if (mkdirs(path) < 0)
			return -1;
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			return -1;
		if (flock(fd, LOCK_EX | LOCK_NB) < 0)
			break;
		if (same(fd, path)) {
			r->fd = fd;
			r->path = xstrdup(path);
			return 0;
		}
		close(fd); /* its last user just removed it */
	}
	err = errno == EWOULDBLOCK ? EBUSY : errno;
	close(fd);
	errno = err;
	return -1;
}

/* The address of name in the directory fd, for a path of any length. */
static struct sockaddr_un address(int fd, const char *name)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	snprintf(a.sun_path, sizeof(a.sun_path), "/proc/self/fd/%d/%s", fd, name);
	return a;
}

int rundirlisten(const struct rundir *r, const char *name, int type)
{
	struct sockaddr_un a = address(r->fd, name);
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), err;

	if (fd < 0)
		return -1;
	if (unlinkat(r->fd, name, 0) < 0 && errno != ENOENT)
		goto fail;
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 && listen(fd, 8) == 0)
		return fd;
fail:
	err = errno;
	close(fd);
	errno = err;
	return -1;
}

int rundirconnect(const char *path, const char *name, int type)
{
	int dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC), fd, err;
	struct sockaddr_un a;

	if (dir < 0)
		return -1;
	a = address(dir, name);
	fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof(a)) < 0) {
		err = errno;
		close(fd);
		errno = err;
		fd = -1;
	}
	err = errno;
	close(dir);
	errno = err;
	return fd;
}

void rundirclose(struct rundir *r)
{
	if (r->fd < 0)
		return;
	unlinkat(r->fd, RUN_GDB, 0);
	unlinkat(r->fd, RUN_SHELL, 0);
	rmdir(r->path);
	close(r->fd);
	r->fd = -1;
	free(r->path);
}
