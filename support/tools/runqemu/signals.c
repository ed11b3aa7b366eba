// SPDX-License-Identifier: GPL-2.0-or-later
#include "signals.h"

#include <stddef.h>
#include <sys/signalfd.h>

int signalsopen(sigset_t *old)
{
	static const int stop[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction action;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	for (size_t i = 0; i < sizeof(stop) / sizeof(*stop); i++)
		if (sigaction(stop[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&set, stop[i]);
	sigprocmask(SIG_BLOCK, &set, old);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
