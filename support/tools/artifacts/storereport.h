/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a store holds, for people: printed to standard output. */
#ifndef ARTIFACTS_STOREREPORT_H
#define ARTIFACTS_STOREREPORT_H

#include "store/artifact.h"
#include "store/artlist.h"

/* A summary: number, size, limit, oldest and newest use, the largest entries. 0, -1 with errno. */
int reportstats(const char *dir, unsigned long long limit);

/* A line for each entry, least recently used first: key, bytes, last use, title. As above. */
int reportlist(const char *dir);

/* What gc removed and left. */
void reportgc(const struct artifactgc *gc);

#endif
