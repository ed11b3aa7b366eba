/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Another shell in a guest that runs already: runqemu --attach. */
#ifndef RUNQEMU_CLIENT_H
#define RUNQEMU_CLIENT_H

#include <stdbool.h>

/*
 * Have the guest of the directory at path run command, or, if that is NULL, a shell on our
 * terminal, or what standard input has if that is no terminal. Waits timeout seconds for the guest
 * to be ready, 0 for as long as it takes. Returns the exit code, after a message if it is one of
 * ours.
 */
int clientrun(const char *path, const char *command, long timeout);

#endif
