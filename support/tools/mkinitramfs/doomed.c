// SPDX-License-Identifier: GPL-2.0-or-later
#include "doomed.h"

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

static void catchsignals(void)
{
	static const int sigs[] = { SIGHUP, SIGINT, SIGTERM };

	for (size_t i = 0; i < sizeof(sigs) / sizeof(*sigs); i++) {
		if (signal(sigs[i], interrupted) == SIG_IGN)
			signal(sigs[i], SIG_IGN);
	}
}

void doomedadd(const char *path)
{
	size_t i = 0;

	if (!doomed[0])
		catchsignals();
	while (i < MOST && doomed[i])
		i++;
	if (i < MOST)
		doomed[i] = path;
}

void doomedclear(void)
{
	for (size_t i = 0; i < MOST; i++)
		doomed[i] = NULL;
}
