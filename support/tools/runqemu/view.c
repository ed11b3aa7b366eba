// SPDX-License-Identifier: GPL-2.0-or-later
#include "view.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <mntent.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fs/file.h"
#include "inroot.h"

#define ELSEWHERE "/tmp" /* where the view of / is: a directory that every machine has */

#define EMPTIES                                                                                    \
	"/sys" /* where what hides others is made: a directory that is never in the view           \
		*/

/* mount_setattr */
#define ATTR_RDONLY 0x1
#define ATTR_NODEV  0x4
#define RECURSIVE   0x8000 /* AT_RECURSIVE */

/* What belongs to the running system, not to what is installed. */
static const char *const places[] = { "proc", "sys", "dev", "run" };

/* File systems that show the kernel, or mount others when they are looked at. */
static const char *const systems[] = {
	"proc", "sysfs",   "devtmpfs",	 "devpts",	"cgroup",     "cgroup2", "debugfs",
	"bpf",	"tracefs", "securityfs", "configfs",	"autofs",     "pstore",	 "efivarfs",
	"nsfs", "mqueue",  "fusectl",	 "binfmt_misc", "rpc_pipefs",
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* A view while it is made. */
struct making {
	int root;	/* the view */
	int empties;	/* the directory with what hides others */
	unsigned count; /* how many these are */
	const char *at; /* path of the view */
};

static int textput(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), ret;

	if (fd < 0)
		return -1;
	ret = writeall(fd, text, strlen(text));
	close(fd);
	return ret;
}

/* Enter a mount namespace. Without root it needs a user namespace, in which we stay who we are. */
static int namespaces(void)
{
	char uid[64], gid[64];

	snprintf(uid, sizeof(uid), "%u %u 1", geteuid(), geteuid());
	snprintf(gid, sizeof(gid), "%u %u 1", getegid(), getegid());
	if (geteuid() == 0 && unshare(CLONE_NEWNS) < 0)
		return -1;
	if (geteuid() != 0 &&
	    (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0 ||
	     textput("/proc/self/setgroups", "deny") < 0 ||
	     textput("/proc/self/uid_map", uid) < 0 || textput("/proc/self/gid_map", gid) < 0))
		return -1;
	return mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL);
}

/*
 * Make an empty file or directory. Each is for one place: a file system above the view may take two
 * names of one for the same. Returns 0, or -1 with errno; source is its path.
 */
static int emptymake(struct making *m, bool isdir, char source[64])
{
	char name[16];

	snprintf(name, sizeof(name), "%u", m->count++);
	snprintf(source, 64, "/proc/self/fd/%d/%s", m->empties, name);
	if (isdir)
		return mkdirat(m->empties, name, 0700);
	return mknodat(m->empties, name, S_IFREG | 0600, 0);
}

/* Hide path, a name in the view, if it is there. */
static int hide(struct making *m, const char *path)
{
	char source[64], target[64];
	struct stat st;
	int fd, ret;

	/* What cannot be reached needs not be hidden. */
	fd = inrootopen(m->root, path, O_PATH);
	if (fd < 0)
		return errno == ENOSYS || errno == EMFILE ? -1 : 0;
	snprintf(target, sizeof(target), "/proc/self/fd/%d", fd);
	ret = fstat(fd, &st);
	if (ret == 0)
		ret = emptymake(m, S_ISDIR(st.st_mode), source);
	if (ret == 0)
		ret = mount(source, target, NULL, MS_BIND, NULL);
	close(fd);
	return ret;
}

/* Hide all that matches a shell pattern. The view is the working directory. */
static int hideall(struct making *m, const char *pattern)
{
	glob_t found;
	int ret = 0;

	pattern += strspn(pattern, "/");
	if (!strpbrk(pattern, "*?[\\"))
		return hide(m, pattern);
	if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
		for (size_t i = 0; ret == 0 && i < found.gl_pathc; i++)
			ret = hide(m, found.gl_pathv[i]);
		globfree(&found);
	}
	return ret;
}

static bool issystem(const char *type)
{
	for (size_t i = 0; i < COUNT(systems); i++)
		if (strcmp(systems[i], type) == 0)
			return true;
	return false;
}

/* Hide the system's own file systems, wherever they are mounted. */
static int hidesystems(struct making *m)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	size_t len = strlen(m->at);
	struct strlist found = { 0 };
	const struct mntent *e;
	int ret = 0;

	if (!mounts)
		return -1;
	while ((e = getmntent(mounts)))
		if (issystem(e->mnt_type) && strncmp(e->mnt_dir, m->at, len) == 0 &&
		    e->mnt_dir[len] == '/')
			listadd(&found, e->mnt_dir + len);
	endmntent(mounts);
	for (size_t i = 0; ret == 0 && i < COUNT(places); i++)
		ret = hide(m, places[i]);
	for (size_t i = 0; ret == 0 && i < found.len; i++)
		ret = hide(m, found.item[i]);
	listfree(&found);
	return ret;
}

/* Make a place for what hides others. */
static int emptiesmake(struct making *m)
{
	if (mount("tmpfs", EMPTIES, "tmpfs", MS_NOSUID | MS_NODEV, "mode=700") < 0)
		return -1;
	m->empties = open(EMPTIES, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return m->empties < 0 ? -1 : 0;
}

/*
 * Mount dir once more: the path m->at is the view from now on. Only directories of our own
 * namespace can be mounted, so dir is opened here.
 */
static int viewmount(struct making *m, const char *dir)
{
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	char source[64];

	snprintf(source, sizeof(source), "/proc/self/fd/%d", fd);
	if (fd < 0 || mount(source, m->at, NULL, MS_BIND | MS_REC, NULL) < 0)
		return -1;
	m->root = open(m->at, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return m->root < 0 ? -1 : fchdir(m->root);
}

const char *viewenter(const char *dir, const struct strlist *hidden)
{
	static char path[4096];
	const struct {
		uint64_t set, clear, propagation, userns;
	} attributes = { .set = ATTR_RDONLY | ATTR_NODEV };
	struct making m = { .at = strcmp(dir, "/") == 0 ? ELSEWHERE : dir };
	int ret;

	if ((size_t)snprintf(path, sizeof(path), "%s", m.at) >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	if (namespaces() < 0 || viewmount(&m, dir) < 0 || emptiesmake(&m) < 0 ||
	    hidesystems(&m) < 0)
		return NULL;
	for (size_t i = 0; i < hidden->len; i++)
		if (hideall(&m, hidden->item[i]) < 0)
			return NULL;
	ret = (int)syscall(SYS_mount_setattr, m.root, "", RECURSIVE | AT_EMPTY_PATH, &attributes,
			   sizeof(attributes));
	return ret < 0 ? NULL : path;
}

/* Send an error number, and the descriptor fd if it is 0. */
static int fdsend(int to, int err, int fd)
{
	union {
		struct cmsghdr head;
		char space[CMSG_SPACE(sizeof(int))];
	} control = { .head = { .cmsg_len = CMSG_LEN(sizeof(int)),
				.cmsg_level = SOL_SOCKET,
				.cmsg_type = SCM_RIGHTS } };
	struct iovec data = { &err, sizeof(err) };
	struct msghdr m = { .msg_iov = &data, .msg_iovlen = 1 };

	if (err == 0) {
		memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
		m.msg_control = &control;
		m.msg_controllen = sizeof(control.space);
	}
	return sendmsg(to, &m, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

/* Receive a descriptor. Returns -1 with the errno that was sent. */
static int fdreceive(int from)
{
	union {
		struct cmsghdr head;
		char space[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	int err = 0, fd = -1;
	struct iovec data = { &err, sizeof(err) };
	struct msghdr m = { .msg_iov = &data,
			    .msg_iovlen = 1,
			    .msg_control = &control,
			    .msg_controllen = sizeof(control) };

	if (recvmsg(from, &m, MSG_CMSG_CLOEXEC) != sizeof(err))
		err = EPIPE;
	else if (err == 0 && m.msg_controllen >= CMSG_LEN(sizeof(fd)))
		memcpy(&fd, CMSG_DATA(&control.head), sizeof(fd));
	errno = err;
	return fd;
}

/* Make the view, send a descriptor of it, and keep it for as long as the parent runs. */
static void __attribute__((noreturn))
keeper(const char *dir, const struct strlist *hidden, pid_t parent, int to)
{
	const char *path;
	int fd = -1, err;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);
	if (getppid() != parent)
		_exit(1);
	path = viewenter(dir, hidden);
	/* A new user namespace may have changed whose death it is. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (path)
		fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	err = fd < 0 ? errno : 0;
	if (fdsend(to, err, fd) < 0 || err || getppid() != parent)
		_exit(1);
	/* The namespace lasts as long as this process; nothing else of the parent's should. */
	syscall(SYS_close_range, 0, ~0U, 0);
	for (;;)
		pause();
}

int viewopen(struct view *v, const char *dir, const struct strlist *hidden)
{
	pid_t parent = getpid();
	int pair[2], err;

	*v = VIEW_NONE;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -1;
	v->pid = fork();
	if (v->pid == 0)
		keeper(dir, hidden, parent, pair[1]);
	close(pair[1]);
	if (v->pid > 0)
		v->fd = fdreceive(pair[0]);
	err = errno;
	close(pair[0]);
	if (v->fd < 0)
		viewclose(v);
	errno = err;
	return v->fd < 0 ? -1 : 0;
}

void viewclose(struct view *v)
{
	if (v->fd >= 0)
		close(v->fd);
	if (v->pid > 0) {
		kill(v->pid, SIGKILL);
		while (waitpid(v->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	*v = VIEW_NONE;
}
