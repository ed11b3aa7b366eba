// SPDX-License-Identifier: GPL-2.0-or-later
#include "part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

static void sumforget(struct part *p)
{
	char sum[DIGESTHEX];

	if (p->sum)
		digestend(p->sum, sum);
	p->sum = NULL;
}

/* Read the contents into two digests: one for the caller, one to continue from. */
static int partread(struct part *p, char sum[DIGESTHEX])
{
	struct digest *now = digestnew();
	char chunk[65536];
	ssize_t n;

	while ((n = readall(p->fd, chunk, sizeof(chunk))) > 0) {
		digestadd(now, chunk, (size_t)n);
		digestadd(p->sum, chunk, (size_t)n);
		p->len += n;
	}
	digestend(now, sum);
	return n < 0 ? -1 : 0;
}

int partopen(struct part *p, const char *path, char sum[DIGESTHEX])
{
	*p = (struct part){ .fd = -1 };
	p->fd = regopen(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0666);
	if (p->fd < 0)
		return -1;
	p->path = xstrdup(path);
	p->sum = digestnew();
	if (partread(p, sum) < 0) {
		int err = errno;

		partclose(p);
		errno = err;
		return -1;
	}
	return 0;
}

int partadd(struct part *p, const void *data, size_t len)
{
	if (writeall(p->fd, data, len) < 0) {
		int err = errno;

		/* Remove a partial write: the length and the digest do not include it. */
		if (ftruncate(p->fd, p->len) < 0 || lseek(p->fd, p->len, SEEK_SET) < 0)
			partreset(p);
		errno = err;
		return -1;
	}
	digestadd(p->sum, data, len);
	p->len += (off_t)len;
	return 0;
}

void partsum(struct part *p, char sum[DIGESTHEX])
{
	digestend(p->sum, sum);
	p->sum = NULL;
}

int partreset(struct part *p)
{
	sumforget(p);
	p->sum = digestnew();
	p->len = 0;
	if (ftruncate(p->fd, 0) < 0)
		return -1;
	return lseek(p->fd, 0, SEEK_SET) < 0 ? -1 : 0;
}

/* Make the rename durable, if the file system can. */
static void dirsync(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(dir);
}

static void partforget(struct part *p)
{
	close(p->fd);
	sumforget(p);
	free(p->path);
	*p = (struct part){ .fd = -1 };
}

int partpublish(struct part *p, const char *path)
{
	if (fsync(p->fd) < 0 || rename(p->path, path) < 0)
		return -1;
	partforget(p);
	dirsync(path);
	return 0;
}

void partclose(struct part *p)
{
	struct stat st;

	if (!p->path)
		return;
	if (fstat(p->fd, &st) == 0 && st.st_size == 0)
		unlink(p->path);
	partforget(p);
}
