/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hides kernel messages from a quiet console: those that look like errors, but are due to the
 * machine type that we chose. Each is hidden once.
 */
#ifndef RUNQEMU_HUSH_H
#define RUNQEMU_HUSH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Zero-initialise before use. Nothing is hidden unless on. */
struct hush {
	bool on;
	bool middle;	 /* in the middle of a line that is not hidden */
	unsigned gone;	 /* the messages already hidden, a bit for each */
	struct buf held; /* text that may be the beginning of one */
};

/* Process len bytes of console output; append the text to show to out. */
void hushfeed(struct hush *h, const char *data, size_t len, struct buf *out);

/* Append the held text to out, and hide nothing more. */
void hushend(struct hush *h, struct buf *out);

#endif
