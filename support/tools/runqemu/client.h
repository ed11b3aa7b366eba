/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Another shell in a running guest: runqemu --attach. */
#ifndef RUNQEMU_CLIENT_H
#define RUNQEMU_CLIENT_H

#include <stdbool.h>

/*
 * Run command in the guest of the run directory path; if it is NULL, run a shell on our terminal,
 * or the script on standard input if that is no terminal. Waits timeout seconds for the guest to be
 * ready; 0: without limit. Returns the exit code; a message is printed if it is one of ours.
 */
int clientrun(const char *path, const char *command, long timeout);

#endif
