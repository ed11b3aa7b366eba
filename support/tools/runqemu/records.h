/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the session in the guest sends: plain bytes, with records among them. A record begins with
 * a mark that nothing else in the guest knows, and ends with a newline (docs/runqemu.md).
 */
#ifndef RUNQEMU_RECORDS_H
#define RUNQEMU_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define MARKLEN 34 /* 0x1e, 32 hex digits, a space */

/* Fill mark with a new one, a C string. Returns 0, or -1 with errno set. */
int marknew(char mark[MARKLEN + 1]);

struct stream {
	const char *mark; /* not owned */
	struct buf held;  /* bytes that may be the beginning of a record */
	bool ready;	  /* the session runs: what comes is its output */
	bool ended;	  /* no more is to come; what came after is dropped */
	int status;	  /* that the session sent when it ended; -1: none yet */
	bool serial; /* a terminal of the guest's is between, which may change newlines; set by who
			knows */
	bool crlf;   /* it makes CR LF of each: that is undone */
	bool cr;     /* the last byte was CR, which is held back */
};

/* Begin to read; mark has to stay. What comes before the record "ready" is dropped, unless ready.
 */
void streaminit(struct stream *s, const char *mark, bool ready);

/*
 * Take len bytes and append those that are no record to out. The records are "ready", "end" and
 * "status N"; they set the fields above.
 */
void streamfeed(struct stream *s, const char *data, size_t len, struct buf *out);

/* The other end is gone: what is held is no record. */
void streamflush(struct stream *s, struct buf *out);

void streamfree(struct stream *s);

#endif
