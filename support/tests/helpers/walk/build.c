// SPDX-License-Identifier: GPL-2.0-or-later
#include "build.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/file.h"

enum {
	HANGS = 120000,	 /* milliseconds after which a build counts as one that never ends */
	LINGERS = 20000, /* the same for what a killed build left running */
	SPACE = 512,	 /* MiB of a file system that is not to be filled */
};

/* Kill all processes of session sid, until there are none. */
static void killsession(pid_t sid)
{
	struct strlist names = { 0 };
	int found;

	do {
		found = 0;
		if (dirlist("/proc", &names) < 0)
			die("cannot read /proc:");
		for (size_t i = 0; i < names.len; i++) {
			char *path = xasprintf("/proc/%s/stat", names.item[i]);
			struct buf text = { 0 };
			int session = -1;
			char state = 0;
			const char *p;

			if (*names.item[i] >= '1' && *names.item[i] <= '9' &&
			    fileread(path, &text) == 0 && (p = strrchr(bufstr(&text), ')')) &&
			    sscanf(p, ") %c %*d %*d %d", &state, &session) == 2 && session == sid &&
			    state != 'Z' &&
			    kill((pid_t)strtol(names.item[i], NULL, 10), SIGKILL) == 0)
				found = 1;
			buffree(&text);
			free(path);
		}
		listfree(&names);
	} while (found);
}

static int statusof(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Start a program in a session of its own, its output to a new file at path, if any. */
static pid_t start(char *const argv[], const char *path)
{
	pid_t pid;
	int fd;

	if (path)
		unlink(path); /* what an earlier build left running may still write to that */
	fd = open(path ? path : "/dev/null", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		die("cannot write %s:", path);
	pid = fork();
	if (pid < 0)
		die("cannot fork:");
	if (pid == 0) {
		setsid();
		if (dup2(fd, 1) >= 0 && dup2(fd, 2) >= 0)
			execvp(argv[0], argv);
		_exit(127);
	}
	close(fd);
	return pid;
}

/*
 * Wait for a child. Returns its status as wait gives it; after limit ms, kills its process group,
 * or all of its session.
 */
static int finish(pid_t pid, int limit, int all)
{
	struct pollfd p = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
	int status;

	if (p.fd < 0)
		die("cannot wait for process %ld:", (long)pid);
	if (poll(&p, 1, limit) == 0) {
		if (kill(-pid, SIGKILL) < 0)
			kill(pid, SIGKILL); /* it has no group of its own yet */
		if (all)
			killsession(pid);
	}
	close(p.fd);
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			die("cannot wait for process %ld:", (long)pid);
	}
	return status;
}

int runquietly(char *const argv[])
{
	return statusof(finish(start(argv, NULL), HANGS, 1));
}

/* "  BUILD     lib 1 ...": note the step. */
static void takeline(char *line, struct outcome *o)
{
	char *save = line, *verb, *name;
	unsigned int bit = 0;

	if (strncmp(line, "  ", 2) != 0)
		return;
	save += 2;
	verb = strsep(&save, " ");
	while (save && *save == ' ')
		save++;
	name = strsep(&save, " ");
	if (!name)
		return;
	for (int s = 0; s < NSTEP; s++) {
		if (strcmp(verb, stepname[s]) == 0)
			bit = 1u << s;
	}
	if (strcmp(verb, "CACHE") == 0)
		bit = CACHED;
	for (int p = 0; bit && p < NPARTS; p++) {
		if (strcmp(name, partname[p]) != 0)
			continue;
		if (o->ran[p] & bit)
			o->twice = 1;
		o->ran[p] |= bit;
	}
}

static void takelog(const char *path, struct outcome *o)
{
	struct buf text = { 0 };
	char *p, *line;

	if (fileread(path, &o->log) < 0)
		die("cannot read %s:", path);
	bufputs(&text, bufstr(&o->log));
	p = text.data;
	while (p && (line = strsep(&p, "\n")))
		takeline(line, o);
	buffree(&text);
}

void build(const struct walk *w, const char *out, const char *goal, int jobs, int killafter,
	   int killall, struct outcome *o)
{
	char *log = pathjoin(w->scratch, "log");
	char *argv[] = { "make",
			 xasprintf("-j%d", jobs),
			 xasprintf("O=%s", out),
			 xasprintf("EXTERNAL=%s", w->ext),
			 xasprintf("TOOLDIR=%s", w->tools),
			 (char *)goal,
			 NULL };
	struct timespec begin, end;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	status = finish(start(argv, log), killafter >= 0 ? killafter : HANGS,
			killafter < 0 || killall);
	clock_gettime(CLOCK_MONOTONIC, &end);
	memset(o, 0, sizeof(*o));
	o->status = statusof(status);
	o->took =
		(int)((end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000);
	takelog(log, o);
	for (int i = 1; i < 5; i++)
		free(argv[i]);
	free(log);
}

void outcomefree(struct outcome *o)
{
	buffree(&o->log);
}

/* We are the subreaper of all that our children leave. */
void leftovers(void)
{
	pid_t pid;

	for (int ms = 0; (pid = waitpid(-1, NULL, WNOHANG)) >= 0; ms += pid == 0) {
		if (ms > LINGERS)
			die("a killed build left processes that do not end");
		if (pid == 0)
			usleep(1000);
	}
}

void spacelimit(const struct walk *w, long spare)
{
	struct statvfs fs;
	char *size;

	if (statvfs(w->space, &fs) < 0)
		die("cannot look at %s:", w->space);
	if (spare < 0)
		size = xasprintf("size=%dm", SPACE);
	else
		size = xasprintf("size=%lu",
				 (unsigned long)((fs.f_blocks - fs.f_bfree) * fs.f_frsize) +
					 (unsigned long)spare);
	if (mount("walk", w->space, "tmpfs", MS_REMOUNT, size) < 0)
		die("cannot change the size of the tmpfs at %s to %s:", w->space, size);
	free(size);
}
