// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "url.h"

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

/* Start apt-get so that what it prints of its archives can be read from the stream. */
static FILE *aptstart(pid_t *pid)
{
	char *argv[] = { "apt-get", "indextargets", "--format", "$(REPO_URI)", NULL };
	posix_spawn_file_actions_t actions;
	FILE *f = NULL;
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return NULL;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(pid, argv[0], &actions, NULL, argv, environ) == 0)
		f = fdopen(fds[0], "r");
	posix_spawn_file_actions_destroy(&actions);
	close(fds[1]);
	if (!f)
		close(fds[0]);
	return f;
}

/* The first mirror in apt's list that is no security archive, as a new string, or NULL. */
static char *aptmirror(void)
{
	pid_t pid;
	FILE *f = aptstart(&pid);
	char *line = NULL;
	char *found = NULL;
	size_t size = 0;

	if (!f)
		return NULL;
	while (getline(&line, &size, f) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		if (!found && !strstr(line, "security") && !urlerror(line))
			found = xstrdup(line);
	}
	free(line);
	fclose(f);
	waitpid(pid, NULL, 0);
	return found;
}

void planpool(const struct entry *e, const struct config *c, struct strlist *out)
{
	static char *found;
	static int asked;

	if (c->offline || !e->pools.len)
		return;
	if (!c->pool && !asked) {
		asked = 1;
		found = aptmirror();
	}
	for (size_t i = 0; i < e->pools.len && (c->pool || found); i++) {
		char *path = pathjoin("pool/main", e->pools.item[i]);

		addjoined(out, c->pool ? c->pool : found, path);
		free(path);
	}
}
