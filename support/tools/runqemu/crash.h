/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is kept of a guest that crashed: a directory with its memory, its kernel and more
 * (crash/crashdir.h, docs/cores.md). It is under a temporary name until crashcommit.
 */
#ifndef RUNQEMU_CRASH_H
#define RUNQEMU_CRASH_H

#include "dump.h"
#include "launch.h"
#include "result.h"

struct crash {
	const char *dir;     /* the directory of all crashes */
	uint64_t max;	     /* most bytes that they take */
	const char *vmlinux; /* path of the kernel with symbols; NULL: there is none */
	int kernel; /* that file, since it may be replaced while the guest runs; -1: none */
	char *path; /* the directory of this crash; NULL: none; owned */
	int lock;   /* marks it as in use */
	char *name; /* what it is called at the end; owned */
	struct dump dump;
	struct buf log; /* the console's output, up to some MiB */
	bool cut;	/* its beginning was removed */
	char *why;	/* why nothing is kept; owned */
};

/* Prepare for a run of l. */
void crashinit(struct crash *c, const struct launch *l);

/* Take len bytes of the console's output. */
void crashlog(struct crash *c, const char *data, size_t len);

/*
 * Begin to keep the guest's memory, by the descriptor of QMP. Returns whether that runs now; if
 * not, c->why says why.
 */
bool crashbegin(struct crash *c, int qmp);

/* Whether a guest that ended in this way is kept. */
bool crashwanted(enum outcome outcome);

/* Put the other files beside the memory, if there is any, and print what became of it. */
void crashgather(struct crash *c, const struct launch *l, const struct guestend *end);

/* Add the record, give the directory its name, and remove the oldest ones. */
void crashcommit(struct crash *c, const struct result *record);

/* Free all; what is not complete is removed. */
void crashfree(struct crash *c);

#endif
