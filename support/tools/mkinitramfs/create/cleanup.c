// SPDX-License-Identifier: GPL-2.0-or-later
#include "cleanup.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#define MOST 4

static const char *volatile doomed[MOST];

static void interrupted(int sig)
{
	for (size_t i = 0; i < MOST; i++) {
		if (doomed[i])
			unlink(doomed[i]);
	}
	signal(sig, SIG_DFL);
	raise(sig);
}

static const int sigs[] = { SIGHUP, SIGINT, SIGTERM };

#define NSIGS (sizeof(sigs) / sizeof(*sigs))

static void catchsignals(void)
{
	for (size_t i = 0; i < NSIGS; i++) {
		if (signal(sigs[i], interrupted) == SIG_IGN)
			signal(sigs[i], SIG_IGN);
	}
}

static sigset_t before; /* the signal mask at the call of cleanuphold */

void cleanuphold(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < NSIGS; i++)
		sigaddset(&set, sigs[i]);
	sigprocmask(SIG_BLOCK, &set, &before);
}

void cleanupresume(void)
{
	sigprocmask(SIG_SETMASK, &before, NULL);
}

void cleanupadd(const char *path)
{
	size_t i = 0;

	if (!doomed[0])
		catchsignals();
	while (i < MOST && doomed[i])
		i++;
	if (i < MOST)
		doomed[i] = path;
}

void cleanupclear(void)
{
	for (size_t i = 0; i < MOST; i++)
		doomed[i] = NULL;
}
