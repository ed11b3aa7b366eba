/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The download of one file: lock, sources, final name. The functions are called on events and never
 * block.
 */
#ifndef FETCH_DOWNLOAD_H
#define FETCH_DOWNLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "cmdline.h"
#include "entry.h"
#include "lock.h"
#include "pace.h"
#include "part.h"
#include "xfer.h"

/* A URL of the file. */
struct source {
	char *url;
	char *why;	/* why the last try failed; NULL before */
	unsigned tries; /* number of tries so far */
	bool dead;	/* not to be tried again */
	bool whole;	/* once it was asked for the whole file instead of the rest */
};

enum jobstate {
	JOBNEW,	   /* not begun: needs its lock, which another process may hold */
	JOBREADY,  /* its transfer may start at time due */
	JOBACTIVE, /* its transfer is running */
	JOBDONE,   /* the file is complete */
	JOBFAILED, /* failed */
};

struct job {
	const struct entry *entry; /* borrowed, like config */
	const struct config *config;
	enum jobstate state;
	int64_t due;	     /* monotonic milliseconds: earliest time of the next action */
	int64_t began;	     /* when its first transfer started; 0 before */
	char *path;	     /* final name */
	char sum[DIGESTHEX]; /* digest of the file, once verified; else "" */
	char had[DIGESTHEX]; /* digest of an existing file that is not the wanted one; else "" */
	bool confirmed;	     /* once a source gave that same file */
	char *why;	     /* why it failed, if no source is the cause; or NULL */
	struct source *source;
	size_t nsource;
	size_t current; /* index of the current source */
	bool pooled;	/* once the pool's URLs are among the sources */
	char *hop;	/* target of the source's redirect; or NULL */
	unsigned hops;	/* consecutive redirects */
	bool waiting;	/* once it was said that another process has the lock */
	struct lock lock;
	struct part part;
	struct pace pace;
	struct xfer xfer;
};

/* Set up the job of entry e; e and c must outlive it. */
void jobinit(struct job *j, const struct entry *e, const struct config *c);

/* Complete the job if the file exists (and is right, if that is to be checked). */
void jobpresent(struct job *j);

/*
 * Start or continue a job in state JOBNEW or JOBREADY whose time is due. It becomes JOBACTIVE, or
 * waits, or ends.
 */
void jobstart(struct job *j, CURLM *multi, int64_t now);

/* Abort the transfer if it is too slow (cmdline.h). To be called about once a second. */
void jobwatch(struct job *j, CURLM *multi, int64_t now);

/* Handle the end of the transfer, with result code. */
void jobended(struct job *j, CURLM *multi, CURLcode code, int64_t now);

/* Release the transfer, part and lock. The part stays for the next run. */
void jobstop(struct job *j, CURLM *multi);

/* Free its memory. Call jobstop first. */
void jobfree(struct job *j);

#endif
