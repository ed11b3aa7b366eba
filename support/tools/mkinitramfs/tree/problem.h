/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Errors gathered on the way, so that one run tells all of them and not just the first. */
#ifndef MKINITRAMFS_PROBLEM_H
#define MKINITRAMFS_PROBLEM_H

#include <stddef.h>

#include "base/buf.h"

#define PROBLEMS_KEPT 20 /* texts kept; the rest is only counted */

/* Zero-initialise before use. */
struct problems {
	struct strlist text; /* the first PROBLEMS_KEPT messages */
	size_t count;	     /* all that were added */
};

/* Add a message; a format that ends in ':' gets strerror(errno) added. Always returns -1. */
int problemadd(struct problems *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void problemfree(struct problems *p);

#endif
