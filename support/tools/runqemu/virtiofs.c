// SPDX-License-Identifier: GPL-2.0-or-later
#include "virtiofs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/file.h"
#include "guard.h"
#include "program.h"
#include "view.h"

#define SOCKET_FD 3    /* virtiofsd's descriptor of the socket for QEMU */
#define HIGH_FD	  64   /* descriptors above SOCKET_FD */
#define READY_MS  5000 /* time limit of its first answer */

/* Where distributions install it, outside of PATH. */
static const char *const places[] = { "virtiofsd", "/usr/libexec/virtiofsd",
				      "/usr/lib/qemu/virtiofsd", "/usr/lib/virtiofsd" };

static char *find(void)
{
	char *path = NULL;

	for (size_t i = 0; !path && i < sizeof(places) / sizeof(*places); i++)
		path = programfind(places[i]);
	return path;
}

/* Make all below dir read-only for this process and its children. Returns 0, or -1. */
static int readonly(const char *dir)
{
	const struct {
		uint64_t set, clear, propagation, userns;
	} attributes = { .set = 1 /* MOUNT_ATTR_RDONLY */ };
	const unsigned recursive = 0x8000; /* AT_RECURSIVE */

	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL) < 0 ||
	    mount(dir, dir, NULL, MS_BIND | MS_REC, NULL) < 0)
		return -1;
	return (int)syscall(SYS_mount_setattr, AT_FDCWD, dir, recursive, &attributes,
			    sizeof(attributes));
}

/* Exec virtiofsd. If it needs privileges that we lack, 9p is used, which needs none. */
static void __attribute__((noreturn))
become(const char *program, const struct share *s, int fd, bool verbose)
{
	char *source, *option = xasprintf("--fd=%d", SOCKET_FD);
	const char *dir = s->dir;
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	sigset_t none;

	setpgid(0, 0);
	if (s->root)
		dir = geteuid() == 0 ? viewenter(s->dir, s->hidden) : NULL;
	if (!dir || (!s->root && !s->write && readonly(dir) < 0))
		_exit(1);
	source = xasprintf("source=%s", dir);
	if (s->write && guardset(s->setgid) < 0)
		_exit(1);
	fd = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
	null = fcntl(null, F_DUPFD_CLOEXEC, HIGH_FD);
	dup2(null, STDIN_FILENO);
	dup2(verbose ? STDERR_FILENO : null, STDOUT_FILENO);
	if (!verbose)
		dup2(null, STDERR_FILENO);
	dup2(fd, SOCKET_FD);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	execl(program, program, option, "-o", source, (char *)NULL);
	_exit(127);
}

/*
 * Create a listening socket and one that is connected to it. Its name is removed at once: nobody
 * else can connect. Returns 0, or -1.
 */
static int pairopen(int *listener, int *client)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	char dir[] = "/tmp/runqemu.XXXXXX";
	bool ok;

	if (!mkdtemp(dir))
		return -1;
	snprintf(a.sun_path, sizeof(a.sun_path), "%s/virtiofs", dir);
	*listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	*client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ok = *listener >= 0 && *client >= 0 &&
	     bind(*listener, (struct sockaddr *)&a, sizeof(a)) == 0 && listen(*listener, 1) == 0 &&
	     connect(*client, (struct sockaddr *)&a, sizeof(a)) == 0;
	unlink(a.sun_path);
	rmdir(dir);
	return ok ? 0 : -1;
}

/* Ask for its features, like QEMU: it answers once its sandbox is set up. */
static bool answers(int fd)
{
	static const uint32_t getfeatures[] = { 1, 1, 0 }; /* request, version, bytes that follow */
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char answer[20];

	return send(fd, getfeatures, sizeof(getfeatures), MSG_NOSIGNAL) == sizeof(getfeatures) &&
	       poll(&p, 1, READY_MS) == 1 &&
	       recv(fd, answer, sizeof(answer), MSG_WAITALL) == sizeof(answer);
}

static void start(struct share *s, const char *program, bool verbose)
{
	pid_t parent = getpid();
	int listener = -1;

	s->fd = -1;
	s->pid = -1;
	s->virtiofs = pairopen(&listener, &s->fd) == 0;
	if (s->virtiofs)
		s->pid = fork();
	if (s->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		become(program, s, listener, verbose);
	}
	if (listener >= 0)
		close(listener);
}

static void stop(struct share *s)
{
	if (s->fd >= 0)
		close(s->fd);
	if (s->pid > 0) {
		kill(s->pid, SIGKILL);
		while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	s->fd = -1;
	s->pid = -1;
	s->virtiofs = false;
}

void virtiofsstart(struct shares *s, bool verbose)
{
	char *program = s->len ? find() : NULL;

	for (size_t i = 0; program && i < s->len; i++)
		start(&s->item[i], program, verbose);
	for (size_t i = 0; program && i < s->len; i++) {
		struct share *one = &s->item[i];

		if (one->pid > 0 && answers(one->fd))
			continue;
		stop(one);
		if (verbose)
			warn("%s does not work for %s: using 9p", program, one->dir);
	}
	free(program);
}

void virtiofsstop(struct shares *s)
{
	for (size_t i = 0; i < s->len; i++)
		if (s->item[i].virtiofs)
			stop(&s->item[i]);
}
