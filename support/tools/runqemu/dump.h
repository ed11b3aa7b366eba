/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guest's memory, which QEMU sends as an ELF core, into a compressed file. */
#ifndef RUNQEMU_DUMP_H
#define RUNQEMU_DUMP_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/compress.h"
#include "qmp.h"

#define DUMP_MS 60000 /* ms without any data after which QEMU is given up */

enum dumpstate { DUMP_NONE, DUMP_RUNS, DUMP_DONE, DUMP_FAILED };

/* Zero-initialise before use. */
struct dump {
	enum dumpstate state;
	bool paging; /* by virtual addresses, which gdb needs; QEMU can do it for some machines */
	int from, into; /* the pipe; -1 once closed */
	int file;	/* the compressed core; owned; -1 once closed */
	struct sink sink;
	uint64_t max;	/* most bytes of the file */
	uint64_t bytes; /* bytes of the core so far */
	long life;	/* when data came last, ms */
	char *why;	/* DUMP_FAILED: the reason; owned */
};

/*
 * Stop the guest and ask QEMU, by the descriptor of QMP, for its memory; it goes to file, which is
 * closed at the end. At most max bytes are written. The state is DUMP_RUNS then, or DUMP_FAILED.
 */
void dumpbegin(struct dump *d, int file, uint64_t max, int qmp);

/* Take data from the pipe, d->from, which is readable. */
void dumpread(struct dump *d);

/* QEMU has answered, as q says. */
void dumpreply(struct dump *d, const struct qmp *q, int qmp);

/* Give up; why: the reason, in words. No effect unless the state is DUMP_RUNS. */
void dumpabort(struct dump *d, const char *why);

void dumpfree(struct dump *d);

#endif
