/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that fetch says while it works. URLs are shown without their passwords. */
#ifndef FETCH_MESSAGES_H
#define FETCH_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "entry.h"

/* Say errors only if quiet; keep a live status line if standard output is a terminal fit for it. */
void reportinit(bool quiet);

/* A file is there: size in bytes, milliseconds it took, from url. */
void reportfetched(const char *path, off_t size, int64_t ms, const char *url);

/* A file was put into the mirror copy. */
void reportmirrored(const char *path);

/* Another process holds the lock of path. */
void reportwait(const char *path);

/*
 * A try failed; the next one is of another URL, of the same after pause
 * milliseconds, or of the same for the whole file instead of the rest.
 */
void reportfault(const char *path, const char *url, const char *why);
void reportagain(const char *path, const char *url, const char *why, int64_t pause);
void reportwhole(const char *path, const char *url, const char *why);

/* A complete file has a digest that the list does not give. */
void reportwrong(const struct entry *e, const char *url, const char *got);

/* A file that was there was damaged: the wanted one came. It is now at aside. */
void reportdamaged(const struct entry *e, const char *got, const char *aside);

/*
 * The file at path has another digest than the wanted one, which could not be had; it is left as it
 * is. confirmed: a source gave this very file.
 */
void reportother(const struct entry *e, const char *path, const char *got, int confirmed);

/* The live status line: what is under way, of how many. */
struct progress {
	const char *path; /* a file under way, NULL if none is */
	off_t len;	  /* bytes it has */
	off_t total;	  /* bytes it will have, 0 if that is not known */
	off_t speed;	  /* bytes a second */
	size_t active;	  /* transfers under way */
	size_t done;	  /* files finished or given up */
	size_t files;	  /* files in all */
};

/* Whether there is a live line to update. */
bool reportlive(void);

/* Draw it anew; the other functions take it away before they print. */
void reportprogress(const struct progress *p);

/* Take it away, before a message of one's own. */
void reportclear(void);

#endif
