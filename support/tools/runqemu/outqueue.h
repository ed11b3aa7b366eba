/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output of ours that may have to wait for a slow reader, without our waiting for it. */
#ifndef RUNQEMU_OUTQUEUE_H
#define RUNQEMU_OUTQUEUE_H

#include <stdbool.h>

#include "base/buf.h"

struct outqueue {
	int fd;		    /* where to; not owned */
	struct buf pending; /* what is not written yet */
};

/* Whether so much is pending that no more should be read for it. */
bool outqueuefull(const struct outqueue *s);

/*
 * Write some of what is pending, no more than a pipe takes at once: call it when poll says that
 * fd can be written to. Returns 0, or -1 with errno set.
 */
int outqueuewrite(struct outqueue *s);

#endif
