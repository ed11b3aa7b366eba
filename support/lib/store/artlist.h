/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The entries of a store (artifact.h): listing and removing them. */
#ifndef STORE_ARTLIST_H
#define STORE_ARTLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* The path of the file that an entry has or would have; caller frees. */
char *artifactpath(const char *dir, const char *key);

/* An entry as artifactlist finds it; not verified. */
struct artifactentry {
	char key[65];
	unsigned long long size; /* bytes of its file */
	struct timespec used;	 /* when it was stored or found last */
};

/*
 * All entries of the store in dir, least recently used first. Returns 0 with *list (caller
 * frees) and *n; a directory that is not there has none. -1 with errno if it cannot be read.
 */
int artifactlist(const char *dir, struct artifactentry **list, size_t *n);

/* The first line of an entry's meta text, "" if there is none; caller frees. NULL: cannot be read.
 */
char *artifacttitle(const char *dir, const char *key);

/* Remove an entry. 1: removed, 0: it was not there, -1 with errno. */
int artifactremove(const char *dir, const char *key);

/* What artifactgc removed and left. */
struct artifactgc {
	size_t evicted;		  /* entries beyond the limit */
	size_t damaged;		  /* entries that were not whole */
	size_t stale;		  /* temporary files older than a day */
	unsigned long long freed; /* bytes of all these */
	size_t kept;		  /* entries that are left */
	unsigned long long size;  /* bytes of those */
};

/*
 * Tidy the store in dir: remove stale temporary files, damaged entries (with verify each is
 * read and verified, else just its header is looked at), then the least recently used ones beyond
 * limit bytes (0: no limit). Adds to *gc. 0, or -1 with errno and the rest left undone.
 */
int artifactgc(const char *dir, unsigned long long limit, bool verify, struct artifactgc *gc);

/* The last part of that: evict, but never the entry keep (NULL: any). */
int artifactevict(const char *dir, unsigned long long limit, const char *keep,
		  struct artifactgc *gc);

#endif
