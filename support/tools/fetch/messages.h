/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages of fetch. URLs are printed without passwords. */
#ifndef FETCH_MESSAGES_H
#define FETCH_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "entry.h"

/*
 * Set up messages. quiet: errors only. A status line is used if standard output is a terminal that
 * supports it.
 */
void reportinit(bool quiet);

/* A file was fetched from url: size in bytes, ms milliseconds. */
void reportfetched(const char *path, off_t size, int64_t ms, const char *url);

/* A file was copied to the mirror. */
void reportmirrored(const char *path);

/* Another process holds the lock of path. */
void reportwait(const char *path);

/*
 * A try failed. The next action: fault: try another URL; again: retry this URL after pause
 * milliseconds; whole: fetch the whole file from this URL.
 */
void reportfault(const char *path, const char *url, const char *why);
void reportagain(const char *path, const char *url, const char *why, int64_t pause);
void reportwhole(const char *path, const char *url, const char *why);

/* A complete download has a digest that is not in the list. */
void reportwrong(const struct entry *e, const char *url, const char *got);

/* An existing file was damaged and was replaced. The old one is now at aside. */
void reportdamaged(const struct entry *e, const char *got, const char *aside);

/*
 * The existing file at path has another digest than the wanted one, which no source has; it is left
 * unchanged. confirmed: a source sent this same file.
 */
void reportother(const struct entry *e, const char *path, const char *got, bool confirmed);

/* Contents of the status line. */
struct progress {
	const char *path; /* a file being fetched; NULL: none */
	off_t len;	  /* its bytes so far */
	off_t total;	  /* its size in bytes; 0: not known */
	off_t speed;	  /* bytes per second */
	size_t active;	  /* running transfers */
	size_t done;	  /* files that are complete or failed */
	size_t files;	  /* all files */
};

/* Whether there is a live line to update. */
bool reportlive(void);

/* Redraw the status line. The other functions clear it before they print. */
void reportprogress(const struct progress *p);

/* Clear the status line, before output of another kind. */
void reportclear(void);

#endif
