/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports on a store, on standard output. */
#ifndef ARTIFACTS_STOREREPORT_H
#define ARTIFACTS_STOREREPORT_H

#include "store/artifact.h"
#include "store/artlist.h"

/*
 * Print a summary: number, size, limit, oldest and newest use, the largest entries. Returns 0, or
 * -1 with errno.
 */
int reportstats(const char *dir, unsigned long long limit);

/*
 * Print a line for each entry, least recently used first: key, bytes, last use, title. Returns 0,
 * or -1 with errno.
 */
int reportlist(const char *dir);

/* Print what gc removed and kept. */
void reportgc(const struct artifactgc *gc);

#endif
