/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A queue for output: a slow reader does not block us. */
#ifndef RUNQEMU_OUTQUEUE_H
#define RUNQEMU_OUTQUEUE_H

#include <stdbool.h>

#include "base/buf.h"

struct outqueue {
	int fd;		    /* destination; not owned */
	struct buf pending; /* bytes not written yet */
};

/* Return whether it is full: no more should be read for it. */
bool outqueuefull(const struct outqueue *s);

/*
 * Write some pending bytes, at most as many as a pipe accepts at once. Call it when poll reports
 * that fd is writable. Returns 0, or -1 with errno.
 */
int outqueuewrite(struct outqueue *s);

#endif
