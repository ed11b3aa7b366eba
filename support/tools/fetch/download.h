/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One file on its way: from its lock, through the URLs it may come from, to its final name.
 * The functions move it on from event to event and never wait.
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

/* A place to get the file from. */
struct source {
	char *url;
	char *why;	/* why the last try failed, in words; NULL before */
	unsigned tries; /* made so far */
	bool dead;	/* not to be tried again */
	bool whole;	/* once it was asked for the whole file instead of the rest */
};

enum jobstate {
	JOBNEW,	   /* not begun: needs its lock, which another process may hold */
	JOBREADY,  /* its transfer may start once it is due */
	JOBACTIVE, /* its transfer is under way */
	JOBDONE,   /* the file is there */
	JOBFAILED, /* it could not be had */
};

struct job {
	const struct entry *entry; /* borrowed, as is config */
	const struct config *config;
	enum jobstate state;
	int64_t due;	     /* monotonic milliseconds before which there is nothing to do */
	int64_t began;	     /* when its first transfer started, 0 before */
	char *path;	     /* final name */
	char sum[DIGESTHEX]; /* digest of the file, once verified; else "" */
	char had[DIGESTHEX]; /* digest of the file that is there but is another one than wanted;
				else "" */
	bool confirmed;	     /* once a source gave that same file */
	char *why;	     /* why it failed, if that is not the fault of a source; or NULL */
	struct source *source;
	size_t nsource;
	size_t current; /* the source in use */
	bool pooled;	/* once the pool's URLs are among the sources */
	char *hop;	/* where the source has redirected us to, or NULL */
	unsigned hops;	/* redirects in a row */
	bool waiting;	/* once it was said that another process has the lock */
	struct lock lock;
	struct part part;
	struct pace pace;
	struct xfer xfer;
};

void jobinit(struct job *j, const struct entry *e, const struct config *c);

/* Finish the job if the file is there (and right, when that is to be checked). */
void jobpresent(struct job *j);

/* Begin or go on: for JOBNEW and JOBREADY, once due. It becomes JOBACTIVE, or has to wait, or ends.
 */
void jobstart(struct job *j, CURLM *multi, int64_t now);

/* Give up its transfer if that is too slow (config.h); to be called every second or so. */
void jobwatch(struct job *j, CURLM *multi, int64_t now);

/* Its transfer has ended with code. */
void jobended(struct job *j, CURLM *multi, CURLcode code, int64_t now);

/* Let go of its transfer, part and lock; what there is of the part stays for the next run. */
void jobstop(struct job *j, CURLM *multi);

/* Give its memory back, after jobstop. */
void jobfree(struct job *j);

#endif
