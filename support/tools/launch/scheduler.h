/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scheduler of icecc, which knows the servers. */
#ifndef LAUNCH_SCHEDULER_H
#define LAUNCH_SCHEDULER_H

#include "base/pairs.h"

/*
 * Ask the scheduler at HOST[:PORT] (8765) for its servers, by its interface for people, which is at
 * the next port, and append their names with their addresses, HOST:PORT. Returns 0, or -1 with an
 * error message in *why (caller frees).
 */
int schedulerask(const char *where, struct pairs *servers, char **why);

/* Read the lines of its answer to "listcs". */
void schedulerread(const char *text, struct pairs *servers);

#endif
