// SPDX-License-Identifier: GPL-2.0-or-later
#include "lanes.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/number.h"
#include "fs/file.h"

#define SLOTS_MAX 1024

void lanesadd(struct lanes *all, const char *host, unsigned slots)
{
	all->item = xrealloc(all->item, (all->len + slots) * sizeof(*all->item));
	for (unsigned i = 0; i < slots; i++)
		all->item[all->len++] = (struct lane){ .host = host ? xstrdup(host) : NULL };
}

bool laneshost(struct lanes *all, const char *word)
{
	const char *colon = strrchr(word, ':');
	char *name = xstrndup(word, colon ? (size_t)(colon - word) : strlen(word));
	long long slots = 1;
	bool ok = *name && *name != '-' && (!colon || numberparse(colon + 1, 1, SLOTS_MAX, &slots));

	if (ok)
		lanesadd(all, name, (unsigned)slots);
	free(name);
	return ok;
}

void lanesfree(struct lanes *all)
{
	for (size_t i = 0; i < all->len; i++)
		free(all->item[i].host);
	free(all->item);
	*all = (struct lanes){ 0 };
}

/* In the child: run the row's command in a session of its own. */
static void childrun(const struct lane *l, const struct row *r, char *const *command, int log)
{
	size_t n = 0, i = 0;
	sigset_t none;
	char **args;
	int null = open("/dev/null", O_RDONLY);

	while (command[n])
		n++;
	args = xcalloc(n + 3, sizeof(*args));
	for (i = 0; i < n; i++)
		args[i] = command[i];
	args[i++] = r->dir;
	args[i] = l->host;
	setsid();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	dup2(null, STDIN_FILENO);
	dup2(log, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
	execvp(args[0], args);
	dprintf(STDERR_FILENO, "cannot run %s: %s\n", args[0], strerror(errno));
	_exit(127);
}

int lanestart(struct lane *l, struct row *r, char *const *command)
{
	char *path = rowpath(r, "row.log");
	int log = mkdirs(r->dir) < 0 ? -1
				     : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	free(path);
	if (log < 0)
		return -1;
	l->pid = fork();
	if (l->pid == 0)
		childrun(l, r, command, log);
	close(log);
	if (l->pid < 0)
		return -1;
	l->row = r;
	l->dropped = 0;
	r->state = ROW_RUNNING;
	r->host = l->host;
	r->began = clockms();
	return 0;
}

struct lane *laneof(const struct lanes *all, pid_t pid)
{
	for (size_t i = 0; i < all->len; i++)
		if (all->item[i].row && all->item[i].pid == pid)
			return &all->item[i];
	return NULL;
}

void lanesignal(const struct lane *l, int signal)
{
	if (l->row && kill(-l->pid, signal) < 0)
		kill(l->pid, signal); /* it may not be a session yet */
}

unsigned laneskill(const struct lanes *all, int signal)
{
	for (size_t i = 0; i < all->len; i++)
		lanesignal(&all->item[i], signal);
	return lanesbusy(all);
}

unsigned lanesleft(const struct lanes *all)
{
	unsigned n = 0;

	for (size_t i = 0; i < all->len; i++)
		n += !all->item[i].gone;
	return n;
}

unsigned lanesbusy(const struct lanes *all)
{
	unsigned n = 0;

	for (size_t i = 0; i < all->len; i++)
		n += all->item[i].row != NULL;
	return n;
}

struct lane *lanefree(const struct lanes *all)
{
	for (size_t i = 0; i < all->len; i++)
		if (!all->item[i].row && !all->item[i].gone)
			return &all->item[i];
	return NULL;
}

unsigned lanesgone(const struct lanes *all, const struct lane *l)
{
	for (size_t i = 0; i < all->len; i++) {
		struct lane *other = &all->item[i];

		if (l->host && other->host && strcmp(other->host, l->host) == 0)
			other->gone = true;
	}
	return lanesleft(all);
}
