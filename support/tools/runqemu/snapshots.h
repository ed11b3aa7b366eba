/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots of a guest that is recorded, so that a replay gets back to any place from the last one
 * before it. They are made whenever the guest has run for so many instructions. When there are as
 * many as wanted, every other one goes, and the interval doubles: a long run has them in the same
 * number, further apart.
 */
#ifndef RUNQEMU_SNAPSHOTS_H
#define RUNQEMU_SNAPSHOTS_H

#include <stdbool.h>

#include "qmp.h"

#define SNAPSHOTS_MAX 16  /* by default */
#define SNAPSHOTS_MS  100 /* ms between two questions how far the guest is */

/* Zero-initialise before use. */
struct snapshots {
	unsigned max;	   /* when so many are there, half of them go; 0: none are made; not 1 */
	unsigned *kept;	   /* their numbers, the oldest first; owned */
	unsigned len;	   /* how many these are */
	unsigned made;	   /* the number of the last one */
	double interval;   /* instructions from one to the next */
	double last;	   /* at which the last one was made, or tried */
	long asked;	   /* ms of the clock when QEMU was asked; 0: not yet */
	bool waits, saves; /* for its answer: how far it is; that it is made */
	char *why;	   /* why no more are made; NULL: nothing is wrong; owned */
};

void snapshotsstart(struct snapshots *s, unsigned max);

/* When QEMU is to be asked next, ms of the clock; -1: it is not. */
long snapshotsnext(const struct snapshots *s);

/* Ask QEMU, by the descriptor of QMP, how far the guest is; now: ms of the clock. */
void snapshotsask(struct snapshots *s, int qmp, long now);

/* Take QEMU's answer to QMP_SNAPSHOT, which q has. Make one, if it is time. */
void snapshotsreply(struct snapshots *s, const struct qmp *q, int qmp);

void snapshotsfree(struct snapshots *s);

#endif
