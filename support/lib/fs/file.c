// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/affix.h"

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

int fdcopy(int from, int to)
{
	char chunk[65536];
	ssize_t n;

	while ((n = copy_file_range(from, NULL, to, NULL, 1 << 30, 0)) > 0)
		;
	if (n == 0)
		return 0;
	/* not for these files, or not on this kernel: a pipe, a device, a file open for appending
	 */
	if (errno != EXDEV && errno != EINVAL && errno != EBADF && errno != ENOSYS &&
	    errno != EOPNOTSUPP)
		return -1;
	while ((n = readall(from, chunk, sizeof(chunk))) > 0) {
		if (writeall(to, chunk, (size_t)n) < 0)
			return -1;
	}
	return n < 0 ? -1 : 0;
}

int regopen(const char *path, int flags, mode_t mode)
{
	struct stat st;
	int fd;

	/* Opening a device can have side effects: check the type before, and again after. */
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

/* Return the open descriptor that path names, or -1 if it is no such name. */
static int descriptorof(const char *path)
{
	static const char *const dir[] = { "/dev/fd/", "/proc/self/fd/" };

	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	for (size_t i = 0; i < sizeof(dir) / sizeof(*dir); i++) {
		const char *p = path + strlen(dir[i]);
		char *end;
		long fd;

		if (!startswith(path, dir[i]) || *p < '0' || *p > '9')
			continue;
		errno = 0;
		fd = strtol(p, &end, 10);
		if (!errno && !*end && fd <= INT_MAX)
			return (int)fd;
	}
	return -1;
}

bool outreplaces(const char *path)
{
	struct stat st;

	if (descriptorof(path) >= 0)
		return false;
	return stat(path, &st) < 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode);
}

/* Open a file that is written to, not replaced; -1 if it cannot be opened. */
static int throughopen(const char *path)
{
	int fd = descriptorof(path);
	int flags;

	if (fd < 0)
		return open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	flags = fcntl(fd, F_GETFD);
	if (flags >= 0 && (flags & FD_CLOEXEC)) { /* opened by this program, not by its caller */
		errno = EBADF;
		return -1;
	}
	return fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

/* Copy the contents of descriptor from to path, which is not replaced. */
static int throughcopy(int from, const char *path)
{
	int fd = throughopen(path);
	int ret, err;

	if (fd < 0)
		return -1;
	ret = lseek(from, 0, SEEK_SET) < 0 ? -1 : fdcopy(from, fd);
	err = errno;
	if (close(fd) < 0 && ret == 0)
		return -1;
	errno = err;
	return ret;
}

/* Open a temporary file without a name other than that of its descriptor. */
static int namelessopen(struct outfile *o)
{
	const char *dir = getenv("TMPDIR");
	char *path = xasprintf("%s/whittle.XXXXXX", dir && *dir ? dir : "/tmp");

	o->fd = mkostemp(path, O_CLOEXEC);
	if (o->fd >= 0) {
		unlink(path);
		o->temp = xasprintf("/proc/self/fd/%d", o->fd);
	}
	free(path);
	return o->fd;
}

static void outforget(struct outfile *o)
{
	free(o->path);
	free(o->temp);
	o->path = o->temp = NULL;
	o->fd = -1;
}

int outopen(struct outfile *o, const char *path, mode_t mode)
{
	*o = (struct outfile){ .fd = -1, .path = xstrdup(path) };
	if (outreplaces(path)) {
		o->temp = xasprintf("%s.tmp%ld", path, (long)getpid());
		o->fd = open(o->temp, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
	} else {
		namelessopen(o);
	}
	if (o->fd >= 0)
		return 0;
	outforget(o);
	return -1;
}

int outsync(struct outfile *o)
{
	return fsync(o->fd);
}

int outcommit(struct outfile *o)
{
	int replaces = outreplaces(o->path);
	int ret = replaces ? 0 : throughcopy(o->fd, o->path);
	int err = errno;

	if (close(o->fd) < 0 && ret == 0)
		ret = -1;
	else
		errno = err;
	o->fd = -1;
	if (ret == 0 && replaces)
		ret = rename(o->temp, o->path);
	if (ret < 0 || !replaces) {
		err = errno;
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

int outremove(const char *path)
{
	if (!outreplaces(path) || unlink(path) == 0 || errno == ENOENT)
		return 0;
	return -1;
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

bool fileholds(const char *path, const void *data, size_t len)
{
	struct buf old = { 0 };
	bool same = outreplaces(path) && fileread(path, &old) == 0 && old.len == len &&
		    (len == 0 || memcmp(old.data, data, len) == 0);

	buffree(&old);
	return same;
}

int fileupdate(const char *path, const void *data, size_t len, mode_t mode)
{
	if (fileholds(path, data, len))
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
