// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Process 1 of a small system. It mounts the kernel's file systems, runs /etc/init.d/S*, starts
 * /sbin/console, and then waits for child processes that end (it inherits all orphans) and for
 * signals to stop: those of BusyBox's reboot (SIGTERM), halt (SIGUSR1) and poweroff (SIGUSR2). When
 * /sbin/console ends, it turns the machine off. It never exits: the kernel would panic.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <net/if.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CONSOLE	 "/sbin/console"
#define SHELL	 "/bin/sh"
#define SCRIPTS	 "/etc/init.d"
#define GRACE_MS 2000 /* ms for processes to end after SIGTERM */

static const struct filesystem {
	const char *type, *dir, *options;
	unsigned long flags;
} filesystems[] = {
	{ "proc", "/proc", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC },
	{ "sysfs", "/sys", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC },
	{ "devtmpfs", "/dev", "mode=0755", MS_NOSUID },
	{ "devpts", "/dev/pts", "mode=0620,gid=5,ptmxmode=0666", MS_NOSUID | MS_NOEXEC },
	{ "tmpfs", "/tmp", "mode=1777", MS_NOSUID | MS_NODEV },
	{ "tmpfs", "/run", "mode=0755", MS_NOSUID | MS_NODEV },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* Print a line on the console. If the format ends in ':', the text of errno is appended. */
static void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *fmt, ...)
{
	const char *error = strerror(errno);
	va_list ap;

	dprintf(STDERR_FILENO, "init: ");
	va_start(ap, fmt);
	vdprintf(STDERR_FILENO, fmt, ap);
	va_end(ap);
	if (*fmt && fmt[strlen(fmt) - 1] == ':')
		dprintf(STDERR_FILENO, " %s", error);
	dprintf(STDERR_FILENO, "\n");
}

/* Open path as standard input, output and error. Returns 0, or -1 with errno. */
static int stdioopen(const char *path)
{
	int fd = open(path, O_RDWR | O_NOCTTY);

	if (fd < 0)
		return -1;
	for (int to = STDIN_FILENO; to <= STDERR_FILENO; to++)
		dup2(fd, to);
	if (fd > STDERR_FILENO)
		close(fd);
	return 0;
}

static void mountall(void)
{
	for (size_t i = 0; i < COUNT(filesystems); i++) {
		const struct filesystem *f = &filesystems[i];

		mkdir(f->dir, 0755);
		if (mount(f->type, f->dir, f->type, f->flags, f->options) < 0 && errno != EBUSY)
			say("cannot mount %s on %s:", f->type, f->dir);
	}
}

/* Read the first line of the file at path into line, without its newline. Returns 0 or -1. */
static int lineread(const char *path, char *line, int size)
{
	FILE *f = fopen(path, "re");
	char *got = NULL;

	if (f) {
		got = fgets(line, size, f);
		fclose(f);
	}
	if (!got)
		return -1;
	line[strcspn(line, "\n")] = '\0';
	return 0;
}

static void nameset(void)
{
	char name[65];

	if (lineread("/etc/hostname", name, sizeof(name)) == 0 &&
	    sethostname(name, strlen(name)) < 0)
		say("cannot set the host name to %s:", name);
}

/* Bring up the loopback interface; the kernel then sets its address 127.0.0.1. */
static void loopbackup(void)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return; /* no networking in this kernel */
	if (ioctl(fd, SIOCSIFFLAGS, &request) < 0)
		say("cannot bring up the interface lo:");
	close(fd);
}

/* Reap all children that have ended. Returns whether pid was one of them. */
static int reap(pid_t pid, int *status)
{
	int found = 0, s;
	pid_t ended;

	while ((ended = waitpid(-1, &s, WNOHANG)) > 0) {
		if (ended != pid)
			continue;
		found = 1;
		*status = s;
	}
	return found;
}

/* In a child: unblock all signals and start a new session. */
static void childprepare(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
}

/* Run "path start" and wait for it. set contains SIGCHLD, which is blocked. */
static void scriptrun(const char *path, const sigset_t *set)
{
	pid_t pid = fork();
	int status = 0;

	if (pid < 0) {
		say("cannot run %s:", path);
		return;
	}
	if (pid == 0) {
		childprepare();
		execl(path, path, "start", (char *)NULL);
		say("cannot run %s:", path);
		_exit(127);
	}
	while (!reap(pid, &status))
		sigwaitinfo(set, NULL);
	if (status != 0)
		say("%s failed", path);
}

static int isscript(const struct dirent *entry)
{
	return entry->d_name[0] == 'S';
}

static void scriptsrun(void)
{
	struct dirent **entry;
	int count = scandir(SCRIPTS, &entry, isscript, alphasort);
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	for (int i = 0; i < count; i++) {
		char path[sizeof(SCRIPTS) + sizeof(entry[i]->d_name) + 1];

		snprintf(path, sizeof(path), "%s/%s", SCRIPTS, entry[i]->d_name);
		if (access(path, X_OK) == 0)
			scriptrun(path, &child);
		free(entry[i]);
	}
	if (count >= 0)
		free(entry);
}

/*
 * Make the terminal of /dev/console the controlling terminal of our session, so that its shell has
 * job control. The kernel names the device; of several, it is the last.
 */
static void terminaltake(void)
{
	char active[256], path[sizeof(active) + 5];
	const char *name;

	if (lineread("/sys/class/tty/console/active", active, sizeof(active)) == 0) {
		name = strrchr(active, ' ');
		snprintf(path, sizeof(path), "/dev/%s", name ? name + 1 : active);
		if (stdioopen(path) < 0)
			say("cannot open the console's device %s:", path);
	}
	ioctl(STDIN_FILENO, TIOCSCTTY, 1);
}

/* Start /sbin/console. Returns its process ID, or -1. */
static pid_t consolestart(void)
{
	pid_t pid = fork();

	if (pid < 0)
		say("cannot start %s:", CONSOLE);
	if (pid != 0)
		return pid;
	childprepare();
	terminaltake();
	execl(CONSOLE, CONSOLE, (char *)NULL);
	say("cannot run %s, trying a shell:", CONSOLE);
	execl(SHELL, "-sh", (char *)NULL);
	say("cannot run %s:", SHELL);
	_exit(127);
}

/* Wait until the console's process ends or a signal requests a shutdown. Returns how to end. */
static int supervise(pid_t console, const sigset_t *set)
{
	int status;

	for (;;) {
		switch (sigwaitinfo(set, NULL)) {
		case SIGCHLD:
			if (reap(console, &status))
				return RB_POWER_OFF;
			break;
		case SIGTERM:
			return RB_AUTOBOOT;
		case SIGUSR1:
			return RB_HALT_SYSTEM;
		case SIGUSR2:
			return RB_POWER_OFF;
		}
	}
}

static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Wait, for at most GRACE_MS, until no other process is left. */
static void emptywait(void)
{
	long end = now() + GRACE_MS, left;
	struct timespec tick;
	sigset_t child;
	pid_t pid;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	for (;;) {
		while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
			;
		left = end - now();
		if (pid < 0 || left <= 0)
			return; /* all processes are our children or descendants: none is left */
		tick = (struct timespec){ left / 1000, left % 1000 * 1000000 };
		sigtimedwait(&child, NULL, &tick);
	}
}

/* Unmount file systems on devices, the newest mount first; those in use become read-only. */
static void unmountall(void)
{
	FILE *mounts = setmntent("/proc/mounts", "re");
	char *dir[64];
	size_t count = 0;
	struct mntent *m;

	if (!mounts)
		return;
	while (count < COUNT(dir) && (m = getmntent(mounts)))
		if (strncmp(m->mnt_fsname, "/dev/", 5) == 0)
			dir[count++] = strdup(m->mnt_dir);
	endmntent(mounts);
	while (count--) {
		if (dir[count] && umount2(dir[count], 0) < 0 &&
		    mount(NULL, dir[count], NULL, MS_REMOUNT | MS_RDONLY, NULL) < 0)
			say("cannot unmount %s:", dir[count]);
	}
}

/*
 * Ask the kernel to stop, in a child: the process that asks may be ended by it, and process 1 must
 * not end.
 */
static void machineend(int how)
{
	pid_t pid;

	kill(-1, SIGTERM);
	kill(-1, SIGHUP); /* an interactive shell ignores SIGTERM */
	kill(-1, SIGCONT);
	emptywait();
	kill(-1, SIGKILL);
	emptywait();
	sync();
	unmountall();
	pid = fork();
	if (pid <= 0)
		reboot(how);
	if (pid == 0)
		_exit(1);
	for (;;)
		pause();
}

int main(void)
{
	static const int signals[] = { SIGCHLD, SIGTERM, SIGUSR1, SIGUSR2, SIGINT };
	sigset_t set;
	pid_t console;

	sigemptyset(&set);
	for (size_t i = 0; i < COUNT(signals); i++)
		sigaddset(&set, signals[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (getpid() != 1) {
		say("this is process 1 of a system and does nothing else");
		return 1;
	}
	umask(022);
	setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
	if (fcntl(STDERR_FILENO, F_GETFD) < 0 && stdioopen("/dev/console") < 0)
		stdioopen("/dev/null");
	reboot(RB_DISABLE_CAD); /* Ctrl-Alt-Del sends us SIGINT, which is ignored */
	mountall();
	nameset();
	loopbackup();
	scriptsrun();
	console = consolestart();
	machineend(console < 0 ? RB_POWER_OFF : supervise(console, &set));
}
