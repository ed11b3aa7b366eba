// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/msg.h"
#include "dirs.h"
#include "fs/file.h"
#include "mounts.h"
#include "refusal.h"

/* Namespaces that scripts join; -1: none */
static int userns = -1;
static int netns = -1;
static bool made; /* sandboxmake has run */

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int ret = fd < 0 ? -1 : writeall(fd, text, strlen(text));
	int err = errno;

	if (fd >= 0)
		close(fd);
	errno = err;
	return ret;
}

/* Create a user namespace that maps our user and group to themselves: files keep their owners. */
static struct refusal makeuser(void)
{
	char *uid = xasprintf("%u %u 1", geteuid(), geteuid());
	char *gid = xasprintf("%u %u 1", getegid(), getegid());
	struct refusal r = { NOTHING, 0 };

	if (unshare(CLONE_NEWUSER) < 0)
		r = refused(USER);
	else if (put("/proc/self/setgroups", "deny") < 0 || put("/proc/self/uid_map", uid) < 0 ||
		 put("/proc/self/gid_map", gid) < 0)
		r = refused(MAP);
	free(uid);
	free(gid);
	return r;
}

/* Create a network namespace with only a loopback interface; ignore a failure to bring that up. */
static struct refusal makenet(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd;

	if (unshare(CLONE_NEWNET) < 0)
		return refused(NET);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0) {
		ioctl(fd, SIOCSIFFLAGS, &lo);
		close(fd);
	}
	return (struct refusal){ NOTHING, 0 };
}

/*
 * The temporary child: create the namespaces, report how far that went, and wait until the parent
 * has opened them.
 */
static void maker(int report, int wait)
{
	struct refusal r = { NOTHING, 0 };
	char end;

	if (geteuid() != 0)
		r = makeuser();
	if (r.what == NOTHING)
		r = makenet();
	if (writeall(report, &r, sizeof(r)) < 0 || read(wait, &end, 1) < 0)
		_exit(EXIT_FAILED);
	_exit(EXIT_OK);
}

/* Open namespace NAME of process pid for joining; on failure, set *r. */
static int opennamespace(pid_t pid, const char *name, int what, struct refusal *r)
{
	char *path = xasprintf("/proc/%ld/ns/%s", (long)pid, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		*r = refused(what);
	free(path);
	return fd;
}

/* Read the maker's report and open the namespaces that it created. */
static struct refusal openreported(pid_t maker, int report)
{
	struct refusal r = { USER, EINTR };

	readall(report, &r, sizeof(r));
	if (geteuid() != 0 && r.what != USER && r.what != MAP)
		userns = opennamespace(maker, "user", USER, &r);
	if (r.what == NOTHING)
		netns = opennamespace(maker, "net", NET, &r);
	return r;
}

/* A job with only the name and directory of the package whose sources j uses. */
static struct job sourceof(const struct job *j)
{
	return (struct job){ .dir = j->source.dir };
}

bool sandboxmissed(const struct job *j)
{
	struct job source = sourceof(j);

	return direxists(j, "unconfined") || (source.dir && direxists(&source, "unconfined"));
}

static void note(const struct job *j)
{
	struct job source = sourceof(j);

	dirrecord(j, "unconfined", "", 0);
	if (source.dir)
		dirrecord(&source, "unconfined", "", 0);
}

void sandboxmake(const struct job *j)
{
	struct refusal r;
	int report[2], wait[2];
	pid_t pid;

	if (j->unconfined)
		note(j);
	if (j->unconfined || made)
		return;
	made = true;
	if (pipe2(report, O_CLOEXEC) < 0 || pipe2(wait, O_CLOEXEC) < 0)
		die("cannot make a pipe:");
	pid = fork();
	if (pid < 0)
		die("cannot start a process:");
	if (pid == 0) {
		close(wait[1]);
		maker(report[1], wait[0]);
	}
	close(report[1]);
	close(wait[0]);
	r = openreported(pid, report[0]);
	close(report[0]);
	close(wait[1]);
	waitpid(pid, NULL, 0);
	refusalsay(j, &r);
}

/* Make the mounted tree at path read-only; keep the mount flags that must not be dropped. */
static int readonly(const char *path)
{
	unsigned long flags = MS_REMOUNT | MS_BIND | MS_RDONLY;
	struct statvfs fs;

	if (access(path, F_OK) < 0)
		return 0;
	if (mount(path, path, NULL, MS_BIND | MS_REC, NULL) < 0 || statvfs(path, &fs) < 0)
		return -1;
	flags |= fs.f_flag & ST_NOSUID ? MS_NOSUID : 0;
	flags |= fs.f_flag & ST_NODEV ? MS_NODEV : 0;
	flags |= fs.f_flag & ST_NOEXEC ? MS_NOEXEC : 0;
	return mount(NULL, path, NULL, flags, NULL);
}

static int readonlyin(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);
	int ret = readonly(path);

	free(path);
	return ret;
}

/*
 * Make everything read-only except the package's directory (also if it is inside its source tree)
 * and the places listed here, as far as they exist. If the kernel cannot do that, everything stays
 * writable.
 */
static int keepwritable(const struct job *j)
{
	char *dir = realpath(j->dir, NULL);
	char *more = j->writable ? realpath(j->writable, NULL) : NULL;
	const char *places[] = { "/proc", "/dev/pts", "/dev/shm", "/tmp", more ? more : "", dir };
	int ret = -1;

	if (dir)
		ret = mountsonly(places, sizeof(places) / sizeof(*places));
	if (dir && ret < 0)
		ret = mount(dir, dir, NULL, MS_BIND | MS_REC, NULL);
	free(more);
	free(dir);
	return ret;
}

static struct refusal makereadonly(const struct job *j, const char *step)
{
	bool ok;

	if (unshare(CLONE_NEWNS) < 0)
		return refused(MOUNT);
	if (mount(NULL, "/", NULL, MS_SLAVE | MS_REC, NULL) < 0 || keepwritable(j) < 0)
		return refused(BIND);
	if (strcmp(step, "unpack") == 0)
		ok = readonlyin(j, "patches") == 0;
	else
		ok = readonly(j->src) == 0 && readonlyin(j, "files") == 0 &&
		     readonlyin(j, "sysroot") == 0 && readonlyin(j, "host") == 0;
	if (!ok)
		return refused(BIND);
	return (struct refusal){ NOTHING, 0 };
}

void sandboxenter(const struct job *j, const char *step)
{
	struct refusal r = { NOTHING, 0 };

	if (j->unconfined || (geteuid() != 0 && userns < 0))
		return;
	if (userns >= 0 && setns(userns, CLONE_NEWUSER) < 0) {
		r = refused(USER);
		refusalsay(j, &r);
		return;
	}
	if (!j->network && netns >= 0 && setns(netns, CLONE_NEWNET) < 0) {
		r = refused(NET);
		refusalsay(j, &r);
	}
	r = makereadonly(j, step);
	refusalsay(j, &r);
}
