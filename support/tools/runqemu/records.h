/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The protocol of the session in the guest: plain bytes with records among them. A record begins
 * with a mark that no other process in the guest knows, and ends with a newline (docs/runqemu.md).
 */
#ifndef RUNQEMU_RECORDS_H
#define RUNQEMU_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define MARKLEN 34 /* 0x1e, 32 hex digits, a space */

/* Set mark to a new random mark, a C string. Returns 0, or -1 with errno. */
int marknew(char mark[MARKLEN + 1]);

struct stream {
	const char *mark; /* not owned */
	struct buf held;  /* bytes that may begin a record */
	bool ready;	  /* the session runs: the bytes are its output */
	bool ended;	  /* the end was received; later bytes are dropped */
	int status;	  /* the session's status; -1: none yet */
	bool serial; /* passes through a terminal of the guest, which may change newlines; set by
			the caller */
	bool crlf;   /* the terminal changes LF to CR LF, which is undone */
	bool cr;     /* the last byte was CR, not output yet */
};

/* Set up *s. mark must outlive it. Unless ready, bytes before the record "ready" are dropped. */
void streaminit(struct stream *s, const char *mark, bool ready);

/*
 * Process len bytes; append those that are not records to out. The records "ready", "end" and
 * "status N" set the fields above.
 */
void streamfeed(struct stream *s, const char *data, size_t len, struct buf *out);

/* Handle the end of the stream: held bytes are no record and go to out. */
void streamflush(struct stream *s, struct buf *out);

void streamfree(struct stream *s);

#endif
