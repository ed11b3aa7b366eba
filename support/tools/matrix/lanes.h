/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where rows run: each lane takes one at a time. A host has as many lanes as it has slots. */
#ifndef MATRIX_LANES_H
#define MATRIX_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "row.h"

/* The status of a row's command that says: the host has gone away, try the row elsewhere. */
#define LANE_GONE 75

struct lane {
	char *host; /* owned; NULL: this machine */
	struct row *row;
	pid_t pid;	 /* of the row's command, which leads a session */
	bool gone;	 /* its host is away */
	int64_t dropped; /* clockms at which it was told to end, since its row is not wanted; or 0
			  */
};

struct lanes {
	struct lane *item;
	size_t len;
};

/* Add slots lanes on this machine (host NULL), or on a host. */
void lanesadd(struct lanes *all, const char *host, unsigned slots);
/* Add a host by its word NAME[:SLOTS]. Returns whether it is one. */
bool laneshost(struct lanes *all, const char *word);
void lanesfree(struct lanes *all);

/*
 * Start a row on a lane: command DIR, or command DIR HOST, with its output in DIR/row.log. Returns
 * 0, or -1 with errno.
 */
int lanestart(struct lane *l, struct row *r, char *const *command);

/* The lane whose command pid is; NULL if there is none. */
struct lane *laneof(const struct lanes *all, pid_t pid);
/* Send a signal to what runs on it. */
void lanesignal(const struct lane *l, int signal);
/* Send a signal to all that runs. Returns how many that are. */
unsigned laneskill(const struct lanes *all, int signal);
/* How many lanes there are, less those whose host has gone; how many have a row. */
unsigned lanesleft(const struct lanes *all);
unsigned lanesbusy(const struct lanes *all);
/* A lane without a row; NULL if there is none. */
struct lane *lanefree(const struct lanes *all);
/* The host of this lane has gone. Returns how many lanes are left on others. */
unsigned lanesgone(const struct lanes *all, const struct lane *l);

#endif
