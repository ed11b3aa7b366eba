// SPDX-License-Identifier: GPL-2.0-or-later
#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fs/file.h"
#include "guard.h"

#define PIPE_MAX (1 << 20) /* bytes; what Linux lets everybody have */

/* Descriptors for QEMU, from VM_FD(0) on; -1: none. */
struct places {
	int *fd; /* owned */
	int len;
	bool guard, setgid; /* restrict QEMU's system calls (guard.h) */
};

static void placesget(struct places *p, const int *ends, int initrd, int gdb,
		      const struct shares *shares)
{
	size_t count = shares ? shares->len : 0;

	p->guard = sharewrites(shares, &p->setgid);
	p->len = CH_COUNT + 2 + (int)count;
	p->fd = xmalloc((size_t)p->len * sizeof(*p->fd));
	memcpy(p->fd, ends, CH_COUNT * sizeof(*p->fd));
	p->fd[CH_COUNT] = initrd;
	p->fd[CH_COUNT + 1] = gdb;
	for (size_t i = 0; i < count; i++)
		p->fd[CH_COUNT + 2 + i] = shares->item[i].fd;
}

/* Move the descriptors to their places, and exec QEMU. */
static void childrun(char **argv, const struct places *p, int output, int failed)
{
	const int high = VM_FD(p->len); /* above all of them */
	int null, err;
	sigset_t none;

	for (int i = 0; i < p->len; i++)
		if (p->fd[i] >= 0)
			p->fd[i] = fcntl(p->fd[i], F_DUPFD_CLOEXEC, high);
	output = fcntl(output, F_DUPFD_CLOEXEC, high);
	failed = fcntl(failed, F_DUPFD_CLOEXEC, high);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	dup2(null, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	for (int i = 0; i < p->len; i++)
		if (p->fd[i] >= 0)
			dup2(p->fd[i], VM_FD(i));
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (!p->guard || guardset(p->setgid) == 0)
		execvp(argv[0], argv);
	err = errno;
	if (writeall(failed, &err, sizeof(err)) < 0)
		_exit(126);
	_exit(127);
}

/* Start QEMU in a process group of its own, so that keys of our terminal send it no signals. */
static pid_t childstart(char **argv, const struct places *p, int output, int failed)
{
	pid_t parent = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	childrun(argv, p, output, failed);
	_exit(127);
}

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void vmclose(struct vm *vm, enum channel last)
{
	for (int c = 0; c <= (int)last; c++)
		shut(&vm->fd[c]);
	shut(&vm->errors);
}

/* Create a pipe from QEMU, as large as anybody may have it. */
static int pipeopen(int pair[2])
{
	if (pipe2(pair, O_CLOEXEC) < 0)
		return -1;
	for (int size = PIPE_MAX; fcntl(pair[0], F_SETPIPE_SZ, size) < 0 && size > PIPE_BUF;)
		size /= 2;
	return 0;
}

/* Create a socket for each channel, or a pipe: our ends in vm, QEMU's in ends. */
static int channelsopen(struct vm *vm, int *ends, bool pipes)
{
	for (int c = 0; c < CH_COUNT; c++) {
		bool piped = pipes && (c == CH_CONSOLE || c == CH_TTY);
		int pair[2];

		if ((piped ? pipeopen(pair)
			   : socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) < 0)
			return -1;
		vm->fd[c] = pair[0];
		ends[c] = pair[1];
		if (fcntl(pair[0], F_SETFL, O_NONBLOCK) < 0)
			return -1;
	}
	return 0;
}

int vmstart(struct vm *vm, char **argv, int initrd, int gdb, const struct shares *shares,
	    bool pipes)
{
	struct places places;
	int ends[CH_COUNT], output[2] = { -1, -1 }, failed[2] = { -1, -1 }, err = 0;

	*vm = (struct vm){ .pid = -1, .errors = -1 };
	for (int c = 0; c < CH_COUNT; c++)
		vm->fd[c] = ends[c] = -1;
	if (channelsopen(vm, ends, pipes) < 0 || pipe2(output, O_CLOEXEC) < 0 ||
	    pipe2(failed, O_CLOEXEC) < 0 || fcntl(output[0], F_SETFL, O_NONBLOCK) < 0) {
		err = errno;
	} else {
		placesget(&places, ends, initrd, gdb, shares);
		vm->pid = childstart(argv, &places, output[1], failed[1]);
		if (vm->pid < 0)
			err = errno;
		free(places.fd);
	}
	for (int c = 0; c < CH_COUNT; c++)
		shut(&ends[c]);
	shut(&output[1]);
	shut(&failed[1]);
	vm->errors = output[0];
	/* Only an end of file comes if QEMU was started. */
	if (vm->pid > 0 && readall(failed[0], &err, sizeof(err)) > 0)
		vmstop(vm);
	shut(&failed[0]);
	if (vm->pid < 0)
		vmclose(vm, CH_COUNT - 1);
	errno = err;
	return vm->pid < 0 ? -1 : 0;
}

void vmsignal(const struct vm *vm, int signo)
{
	if (vm->pid < 0)
		return;
	kill(vm->pid, signo);
	kill(-vm->pid, signo);
}

/*
 * Wait for its end, with options of waitid. Its process ID, and that of its group, stay valid until
 * its status is read; so the group is killed first. Returns whether it has ended.
 */
static bool reap(struct vm *vm, int options)
{
	siginfo_t info = { 0 };
	int ret;

	do
		ret = waitid(P_PID, (id_t)vm->pid, &info, WEXITED | WNOWAIT | options);
	while (ret < 0 && errno == EINTR);
	if (ret < 0 || info.si_pid != vm->pid)
		return false;
	kill(-vm->pid, SIGKILL);
	while (waitpid(vm->pid, &vm->status, 0) < 0 && errno == EINTR)
		;
	vm->pid = -1;
	return true;
}

size_t vmread(int *fd, char *data, size_t size)
{
	ssize_t n = read(*fd, data, size);

	if (n > 0)
		return (size_t)n;
	if (n == 0 || (errno != EAGAIN && errno != EINTR))
		shut(fd);
	return 0;
}

size_t vmwaiting(int fd)
{
	int n = 0;

	return fd >= 0 && ioctl(fd, FIONREAD, &n) == 0 && n > 0 ? (size_t)n : 0;
}

bool vmended(struct vm *vm)
{
	return vm->pid < 0 || reap(vm, WNOHANG);
}

void vmstop(struct vm *vm)
{
	vmsignal(vm, SIGKILL);
	if (vm->pid >= 0)
		reap(vm, 0);
	vm->pid = -1;
	vmclose(vm, CH_COUNT - 1);
}
