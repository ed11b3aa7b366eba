// SPDX-License-Identifier: GPL-2.0-or-later
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

static void child(char *const *argv, const struct pairs *env, int err)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	dup2(err, STDERR_FILENO);
	for (size_t i = 0; env && i < env->len; i++)
		setenv(env->item[i].name, env->item[i].value, 1);
	execv(argv[0], argv);
	_exit(127);
}

int processstart(struct process *p, char *const *argv, const struct pairs *env)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	p->pid = fork();
	if (p->pid == 0)
		child(argv, env, ends[1]);
	close(ends[1]);
	p->err = ends[0];
	p->start = clockms();
	if (p->pid < 0)
		close(p->err);
	return p->pid < 0 ? -1 : 0;
}

/* Read what there is. Returns the number of bytes, 0 at the end or when the time is over. */
static ssize_t more(int fd, int64_t until, struct buf *err)
{
	struct pollfd poller = { .fd = fd, .events = POLLIN };
	char data[4096];
	int64_t left = until ? until - clockms() : -1;
	ssize_t n;

	if (until && left <= 0)
		return 0;
	n = poll(&poller, 1, (int)left);
	if (n < 0 && errno == EINTR)
		return 1;
	if (n <= 0)
		return 0;
	n = read(fd, data, sizeof(data));
	if (n > 0)
		bufadd(err, data, (size_t)n);
	return n < 0 && errno == EINTR ? 1 : n;
}

int processwait(struct process *p, int seconds, struct buf *err)
{
	int64_t until = seconds ? p->start + seconds * 1000LL : 0;
	int status;
	bool late;

	while (more(p->err, until, err) > 0)
		;
	late = until && clockms() >= until;
	if (late)
		kill(p->pid, SIGKILL);
	close(p->err);
	while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (late)
		return PROCESS_LATE;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int processrun(char *const *argv, const struct pairs *env, struct buf *err)
{
	struct process p;

	return processstart(&p, argv, env) < 0 ? 127 : processwait(&p, 0, err);
}
