/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel says of the machine that we have chosen for it, on a console that somebody wants
 * to have quiet: errors that are none. Each such line is left out once.
 */
#ifndef RUNQEMU_HUSH_H
#define RUNQEMU_HUSH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Zero-initialise before use; it leaves out nothing unless on. */
struct hush {
	bool on;
	bool middle;	 /* the line at hand has begun, and is none of those */
	unsigned gone;	 /* which were left out, a bit for each */
	struct buf held; /* what may be the beginning of one */
};

/* Take len bytes of what the console shows, and append to out what is to be seen. */
void hushfeed(struct hush *h, const char *data, size_t len, struct buf *out);

/* Append what is held to out, and leave out nothing more. */
void hushend(struct hush *h, struct buf *out);

#endif
