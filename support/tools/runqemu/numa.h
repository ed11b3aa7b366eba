/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NUMA nodes of the guest: each has a part of its memory and of its processors. */
#ifndef RUNQEMU_NUMA_H
#define RUNQEMU_NUMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define NUMA_MAX 64 /* most nodes */

struct numanode {
	unsigned memory; /* MiB */
	bool cpus;	 /* it has processors: */
	unsigned first;	 /* their numbers */
	unsigned last;
};

/* Zero-initialise before use. */
struct numa {
	struct numanode node[NUMA_MAX];
	size_t len;
};

/*
 * Set n to the nodes that text describes: a number of them, which share *memory MiB and *cpus
 * processors, or a word MEMORY[:FIRST[-LAST]] for each. In the second case *memory becomes the sum
 * of theirs, and *cpus is raised so that there are all their processors. Returns NULL, or the
 * reason for failure (caller frees).
 */
char *numaparse(struct numa *n, const char *text, unsigned *memory, unsigned *cpus);

/* Append QEMU's arguments. shared: other processes may map the memory. */
void numaargs(const struct numa *n, bool shared, struct strlist *argv);

#endif
