// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fs/file.h"

enum {
	OUTPUT_MAX = 1 << 20, /* bytes */
	OUT_OF_WAY = 10,      /* a descriptor above all that the program is given */
};

/* What a run needs; all of it is open or -1. */
struct run {
	int out, err; /* files that it writes to */
	int alive[2]; /* a pipe whose end the program has as long as it lives */
};

int memoryfile(const void *data, size_t len)
{
	int fd = memfd_create("whittle", MFD_CLOEXEC);

	if (fd < 0 || (writeall(fd, data, len) == 0 && lseek(fd, 0, SEEK_SET) == 0))
		return fd;
	close(fd);
	return -1;
}

static int runopen(struct run *r)
{
	int fds[2];

	r->out = memoryfile("", 0);
	r->err = memoryfile("", 0);
	if (r->out < 0 || r->err < 0 || pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	r->alive[0] = fds[0];
	r->alive[1] = fcntl(fds[1], F_DUPFD_CLOEXEC, OUT_OF_WAY);
	close(fds[1]);
	return r->alive[1] < 0 ? -1 : 0;
}

static void closeopen(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Start it in a session of its own, which has no terminal. Returns 0, or an errno. */
static int start(const struct capture *c, const struct run *r, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int ret;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSID);
	if (c->in >= 0)
		posix_spawn_file_actions_adddup2(&actions, c->in, 0);
	else
		posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, r->out, 1);
	posix_spawn_file_actions_adddup2(&actions, r->err, 2);
	if (c->file >= 0)
		posix_spawn_file_actions_adddup2(&actions, c->file, CAPTURE_FILE);
	/* The same number: it is then not closed. */
	posix_spawn_file_actions_adddup2(&actions, r->alive[1], r->alive[1]);
	ret = posix_spawnp(pid, c->argv[0], &actions, &attr, c->argv, c->env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return ret;
}

/* Wait until it ends; kill it if that takes too long or a signal arrives. Returns like capture. */
static int finish(const struct capture *c, struct run *r, pid_t pid)
{
	struct pollfd p = { .fd = r->alive[0], .events = POLLIN };
	bool late;
	int status;

	closeopen(&r->alive[1]);
	late = poll(&p, 1, c->wait) <= 0;
	if (late)
		kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	if (late) {
		errno = ETIME;
		return -1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Append the file fd, from its start. */
static void take(int fd, struct buf *to)
{
	char chunk[4096];
	off_t at = 0;
	ssize_t n;

	while (at < OUTPUT_MAX && (n = pread(fd, chunk, sizeof(chunk), at)) > 0) {
		bufadd(to, chunk, (size_t)n);
		at += n;
	}
}

int capture(const struct capture *c, struct buf *out, struct buf *err)
{
	struct run r = { -1, -1, { -1, -1 } };
	int ret = -1, error = 0;
	pid_t pid;

	if (runopen(&r) < 0)
		error = errno;
	else
		error = start(c, &r, &pid);
	if (!error && (ret = finish(c, &r, pid)) < 0)
		error = errno;
	if (ret >= 0) {
		take(r.out, out);
		if (err)
			take(r.err, err);
	}
	closeopen(&r.out);
	closeopen(&r.err);
	closeopen(&r.alive[0]);
	closeopen(&r.alive[1]);
	errno = error;
	return ret;
}
