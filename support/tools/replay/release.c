// SPDX-License-Identifier: GPL-2.0-or-later
#include "release.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fs/file.h"

void releaseask(struct release *r, const struct work *w, const struct submake *base)
{
	char *script = pathjoin(w->src, "scripts/setlocalversion");
	char *argv[] = { "sh", script, w->src, NULL };
	int fds[2];

	*r = (struct release){ .pid = -1, .fd = -1 };
	if (pipe2(fds, O_CLOEXEC) == 0) {
		r->pid = fork();
		if (r->pid == 0) {
			if (chdir(w->build) < 0 || dup2(fds[1], 1) < 0)
				_exit(127);
			execve("/bin/sh", argv, base->env.item);
			_exit(127);
		}
		close(fds[1]);
		r->fd = fds[0];
	}
	free(script);
}

/* Whether the file at path holds version and text, without version if that is in text already. */
static bool fileis(const char *path, const char *version, const char *text)
{
	struct buf was = { 0 };
	char *both = xasprintf("%s%s", version, text);
	bool same = fileread(path, &was) == 0 &&
		    (strcmp(bufstr(&was), text) == 0 || strcmp(bufstr(&was), both) == 0);

	free(both);
	buffree(&was);
	return same;
}

bool releasesame(struct release *r, const struct work *w, const struct submake *base)
{
	char *path = pathjoin(w->build, "include/config/kernel.release");
	char text[512];
	ssize_t n = 0;
	int status = 1;
	bool same = !r->pid;

	if (r->pid) {
		n = r->fd < 0 ? -1 : readall(r->fd, text, sizeof(text) - 1);
		if (r->pid < 0 || waitpid(r->pid, &status, 0) != r->pid)
			status = 1;
		if (r->fd >= 0)
			close(r->fd);
	}
	if (r->pid && n > 0 && status == 0) {
		text[n] = '\0';
		same = fileis(path, submakevalue(base, "KERNELVERSION"), text);
	}
	free(path);
	return same;
}
