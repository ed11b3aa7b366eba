// SPDX-License-Identifier: GPL-2.0-or-later
#include "spawn.h"

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/msg.h"

/* The last signal that asked to end the build, or 0. */
static volatile sig_atomic_t asked;

static void ask(int sig)
{
	asked = sig;
}

static const int sigs[SPAWN_SIGNALS] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

void signalstake(struct sigaction before[SPAWN_SIGNALS])
{
	struct sigaction take = { .sa_handler = ask, .sa_flags = SA_RESTART };

	for (size_t i = 0; i < SPAWN_SIGNALS; i++) {
		sigaction(sigs[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(sigs[i], &take, NULL);
	}
}

void signalsback(const struct sigaction before[SPAWN_SIGNALS])
{
	for (size_t i = 0; i < SPAWN_SIGNALS; i++)
		sigaction(sigs[i], &before[i], NULL);
}

int unlessasked(int status)
{
	return asked && status <= 0 ? 128 + asked : status;
}

int spawn(char *const *argv, const char *dir, char *const *env)
{
	struct sigaction before[SPAWN_SIGNALS];
	int status;
	pid_t pid;

	fflush(stdout);
	signalstake(before);
	pid = fork();
	if (pid == 0) {
		signalsback(before);
		if (chdir(dir) == 0)
			execvpe(argv[0], argv, env);
		warn("cannot run %s:", argv[0]);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	signalsback(before);
	if (pid < 0)
		die("cannot fork:");
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status) && asked ? 128 + asked : WEXITSTATUS(status);
}
