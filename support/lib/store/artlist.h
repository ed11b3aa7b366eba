/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The entries of a store (artifact.h): listing and removing them. */
#ifndef STORE_ARTLIST_H
#define STORE_ARTLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* Return the path of the file of entry key, existing or not; the caller frees it. */
char *artifactpath(const char *dir, const char *key);

/* An entry, not verified. */
struct artifactentry {
	char key[65];
	unsigned long long size; /* bytes of its file */
	struct timespec used;	 /* when it was last stored or found */
};

/*
 * List all entries of the store in dir, least recently used first. Returns 0 with *list (caller
 * frees) and *n (a missing directory has none), or -1 with errno.
 */
int artifactlist(const char *dir, struct artifactentry **list, size_t *n);

/*
 * Return the first line of an entry's meta text, "" if there is none, NULL if it cannot be read;
 * the caller frees it.
 */
char *artifacttitle(const char *dir, const char *key);

/* Remove an entry and its signature. Returns 1 if removed, 0 if it does not exist, -1 with errno.
 */
int artifactremove(const char *dir, const char *key);

/* What artifactgc removed and kept. */
struct artifactgc {
	size_t evicted;		  /* entries beyond the limit */
	size_t damaged;		  /* damaged entries */
	size_t stale;		  /* temporary files, lone signatures; older than a day */
	unsigned long long freed; /* bytes of these three */
	size_t kept;		  /* remaining entries */
	unsigned long long size;  /* their bytes */
};

enum {
	ARTGC_VERIFY = 1, /* read and verify each entry; else check its header only */
	ARTGC_BYREAD = 2, /* reading an entry's file is using it, as a web server does */
};

/*
 * Clean up the store in dir: remove temporary files older than a day, signatures of that age
 * without an entry, damaged entries, then the least recently used entries beyond limit bytes (0: no
 * limit). what is the sum of some of the above. Adds to *gc. Returns 0, or -1 with errno; the rest
 * is then not done.
 */
int artifactgc(const char *dir, unsigned long long limit, unsigned what, struct artifactgc *gc);

/* Only the last part of that: evict old entries, but never the entry keep (may be NULL). */
int artifactevict(const char *dir, unsigned long long limit, const char *keep,
		  struct artifactgc *gc);

#endif
