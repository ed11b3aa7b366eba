/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A log of a kernel, as lines. */
#ifndef OOPS_KLOG_H
#define OOPS_KLOG_H

#include <stdbool.h>
#include <stddef.h>

#include "oops/trouble.h"

struct klogline {
	char *raw;	  /* the kernel's line, without what ends it; owned */
	const char *text; /* after the kernel's level, time and caller, if they are there */
	char caller[16];  /* who printed it, such as "[T42]"; "[]": not told; "": not even the time
			   */
	long long us;	  /* microseconds since the kernel started; -1: not told */
};

/* Zero-initialise before use. */
struct klog {
	struct klogline *item;
	size_t len;
	size_t room;
};

/*
 * Append the len bytes of a log. Bytes 0 become spaces; a last line need not be complete, and one
 * that is longer than any of the kernel's becomes several.
 */
void klogadd(struct klog *log, const char *data, size_t len);

/*
 * Return the kind that the line of index reports, and set *at to where in it; NULL if none.
 * titled: only a kind that has a title (trouble.h) counts.
 */
const struct kind *klogkind(const struct klog *log, size_t index, bool titled, const char **at);

void klogfree(struct klog *log);

#endif
