// SPDX-License-Identifier: GPL-2.0-or-later
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *pathjoin(const char *dir, const char *name)
{
	if (!*dir)
		return xstrdup(name);
	return xasprintf("%s/%s", dir, name);
}

ssize_t readall(int fd, void *data, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = read(fd, (char *)data + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

int regopen(const char *path, int flags, mode_t mode)
{
	struct stat st;
	int fd;

	/* To open a device can already do something to it: look first, and once more after. */
	if (fstatat(AT_FDCWD, path, &st, flags & O_NOFOLLOW ? AT_SYMLINK_NOFOLLOW : 0) == 0 &&
	    !S_ISREG(st.st_mode)) {
		errno = ENOTSUP;
		return -1;
	}
	fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode);
	if (fd < 0 || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)))
		return fd;
	close(fd);
	errno = ENOTSUP;
	return -1;
}

int fileread(const char *path, struct buf *out)
{
	char chunk[65536];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	while ((n = readall(fd, chunk, sizeof(chunk))) > 0)
		bufadd(out, chunk, (size_t)n);
	close(fd);
	return n < 0 ? -1 : 0;
}

int writeall(int fd, const void *data, size_t len)
{
	const char *p = data;

	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

int outopen(struct outfile *o, const char *path, mode_t mode)
{
	o->path = xstrdup(path);
	o->temp = xasprintf("%s.tmp%ld", path, (long)getpid());
	o->fd = open(o->temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
	if (o->fd < 0) {
		free(o->path);
		free(o->temp);
		o->path = o->temp = NULL;
		return -1;
	}
	return 0;
}

int outsync(struct outfile *o)
{
	return fsync(o->fd);
}

static void outforget(struct outfile *o)
{
	free(o->path);
	free(o->temp);
	o->path = o->temp = NULL;
	o->fd = -1;
}

int outcommit(struct outfile *o)
{
	int ret = close(o->fd);

	o->fd = -1;
	if (ret == 0)
		ret = rename(o->temp, o->path);
	if (ret < 0) {
		int err = errno;

		unlink(o->temp);
		errno = err;
	}
	outforget(o);
	return ret;
}

void outabort(struct outfile *o)
{
	int err = errno;

	if (!o->temp)
		return;
	if (o->fd >= 0)
		close(o->fd);
	unlink(o->temp);
	outforget(o);
	errno = err;
}

int filewrite(const char *path, const void *data, size_t len, mode_t mode)
{
	struct outfile o;

	if (outopen(&o, path, mode) < 0)
		return -1;
	if (writeall(o.fd, data, len) < 0) {
		outabort(&o);
		return -1;
	}
	return outcommit(&o);
}

int fileupdate(const char *path, const void *data, size_t len, mode_t mode)
{
	struct buf old = { 0 };
	int same = fileread(path, &old) == 0 && old.len == len &&
		   (len == 0 || memcmp(old.data, data, len) == 0);

	buffree(&old);
	if (same)
		return 0;
	return filewrite(path, data, len, mode) < 0 ? -1 : 1;
}

int mkdirs(const char *path)
{
	char *copy;
	int ret = 0;

	if (mkdir(path, 0777) == 0)
		return 0;
	if (!*path)
		return -1;
	copy = xstrdup(path);
	for (char *p = copy + 1; ret == 0; p++) {
		if (*p != '/' && *p != '\0')
			continue;
		char c = *p;

		*p = '\0';
		if (mkdir(copy, 0777) < 0 && errno != EEXIST)
			ret = -1;
		*p = c;
		if (c == '\0')
			break;
	}
	if (ret == 0) {
		struct stat st;

		ret = stat(path, &st);
		if (ret == 0 && !S_ISDIR(st.st_mode)) {
			errno = ENOTDIR;
			ret = -1;
		}
	}
	free(copy);
	return ret;
}

int mkparents(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir;
	int ret;

	if (!slash || slash == path)
		return 0;
	dir = xstrndup(path, (size_t)(slash - path));
	ret = mkdirs(dir);
	free(dir);
	return ret;
}

int dirlist(const char *path, struct strlist *out)
{
	DIR *d = opendir(path);
	struct dirent *e;

	if (!d)
		return -1;
	while ((errno = 0, e = readdir(d))) {
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			listadd(out, e->d_name);
	}
	int err = errno;

	closedir(d);
	listsort(out);
	errno = err;
	return err ? -1 : 0;
}
