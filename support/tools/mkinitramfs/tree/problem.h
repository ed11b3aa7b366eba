/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list of errors, so that one run reports all of them and not only the first. */
#ifndef MKINITRAMFS_PROBLEM_H
#define MKINITRAMFS_PROBLEM_H

#include <stddef.h>

#include "base/buf.h"

#define PROBLEMS_KEPT 20 /* texts kept; the rest is only counted */

/* Zero-initialise before use. */
struct problems {
	struct strlist text; /* the first PROBLEMS_KEPT messages */
	size_t count;	     /* number of all messages that were added */
};

/* Add a message. If the format ends in ':', strerror(errno) is appended. Always returns -1. */
int problemadd(struct problems *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void problemfree(struct problems *p);

#endif
