// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/url.h"
#include "fs/file.h"

#define APT_WAIT 20000		   /* milliseconds */
#define APT_MAX	 ((size_t)1 << 20) /* bytes */

static void addjoined(struct strlist *out, const char *base, const char *path)
{
	char *url = urljoin(base, path);

	listadd(out, url);
	free(url);
}

void planurls(const struct entry *e, const struct config *c, struct strlist *out)
{
	for (size_t i = 0; i < c->mirrors.len; i++)
		addjoined(out, c->mirrors.item[i], e->path);
	for (size_t i = 0; i < e->urls.len && !c->offline; i++)
		listadd(out, e->urls.item[i]);
}

/* Start apt-get. Returns a descriptor to read its list of archives from, or -1. */
static int aptstart(pid_t *pid)
{
	char *argv[] = { "apt-get", "indextargets", "--format", "$(REPO_URI)", NULL };
	posix_spawn_file_actions_t actions;
	int fds[2];
	bool started;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	started = posix_spawnp(pid, argv[0], &actions, NULL, argv, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	close(fds[1]);
	if (started)
		return fds[0];
	close(fds[0]);
	return -1;
}

/* Read fd to its end, for at most APT_WAIT milliseconds, or until a signal arrives. */
static void aptread(int fd, struct buf *out)
{
	int64_t end = clockms() + APT_WAIT;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char chunk[4096];
	int64_t left;

	while (out->len < APT_MAX && (left = end - clockms()) > 0 && poll(&p, 1, (int)left) > 0) {
		ssize_t n = read(fd, chunk, sizeof(chunk));

		if (n <= 0)
			return;
		bufadd(out, chunk, (size_t)n);
	}
}

/*
 * Return the first mirror in apt's list that is not a security archive, as a new string; or NULL.
 */
static char *aptmirror(void)
{
	pid_t pid;
	int fd = aptstart(&pid);
	struct buf text = { 0 };
	char *found = NULL;
	char *p, *line;

	if (fd < 0)
		return NULL;
	aptread(fd, &text);
	close(fd);
	kill(pid, SIGKILL); /* harmless if it has ended */
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	p = text.len ? text.data : NULL;
	while (!found && (line = strsep(&p, "\n"))) {
		line[strcspn(line, "\r")] = '\0';
		if (*line && !strstr(line, "security") && !urlerror(line))
			found = xstrdup(line);
	}
	buffree(&text);
	return found;
}

void planpool(const struct entry *e, const struct config *c, struct strlist *out)
{
	static char *found;
	static bool asked;

	if (c->offline || !e->pools.len)
		return;
	if (!c->pool && !asked) {
		asked = true;
		found = aptmirror();
	}
	for (size_t i = 0; i < e->pools.len && (c->pool || found); i++) {
		char *path = pathjoin("pool/main", e->pools.item[i]);

		addjoined(out, c->pool ? c->pool : found, path);
		free(path);
	}
}
