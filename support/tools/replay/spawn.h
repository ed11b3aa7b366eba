/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running makes, and the signals that are to end a build meanwhile. */
#ifndef REPLAY_SPAWN_H
#define REPLAY_SPAWN_H

#include <signal.h>

#define SPAWN_SIGNALS 4

/*
 * From now on, only note the signals that are to end the build, but for those that are ignored;
 * until signalsback with the same.
 */
void signalstake(struct sigaction before[SPAWN_SIGNALS]);
void signalsback(const struct sigaction before[SPAWN_SIGNALS]);

/* A status, or that of a build that was asked to end, if there was no error. */
int unlessasked(int status);

/*
 * Run argv in dir with environment env. Signals that end a build are left to it: it removes what it
 * had begun. Returns the exit status, 128 and more for a signal: also for one that was to end the
 * build and came here, for a make that sees its commands end before itself says that they failed.
 */
int spawn(char *const *argv, const char *dir, char *const *env);

#endif
