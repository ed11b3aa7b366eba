/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions and lines of sources that addresses belong to, such as those of a trace of KCOV. */
#ifndef OOPS_COVERED_H
#define OOPS_COVERED_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "oops/ksymbols.h"

/* What is covered. Zero-initialise; set symbols and only before use. */
struct covered {
	struct symbols *symbols;    /* the caller's */
	const struct strlist *only; /* patterns of files (filefits); NULL or empty: all */
	struct coveredline *item;   /* owned */
	size_t len, room;
	size_t unknown; /* addresses that are in no function of vmlinux */
};

/* Numbers of what coveredput has written. */
struct coverednumbers {
	size_t files, functions, lines;
};

/*
 * Whether path, or a directory that it is in, fits a pattern: ? and * stand for characters of a
 * name, ** also for slashes.
 */
bool filefits(const char *path, const char *pattern);

/* Add the place that a call at the address returns to, with all that is inlined there. */
void coveredadd(struct covered *c, uint64_t address);

/*
 * Append the files in the order of their names, each with a line for each function: its name, and
 * its lines.
 */
struct coverednumbers coveredput(struct covered *c, struct buf *out);

void coveredfree(struct covered *c);

#endif
