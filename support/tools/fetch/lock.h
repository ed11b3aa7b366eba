/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A lock between processes, on a file that exists only while the lock is held or awaited. The
 * kernel releases the lock when its holder dies; a leftover file does no harm.
 */
#ifndef FETCH_LOCK_H
#define FETCH_LOCK_H

struct lock {
	int fd;	    /* holds the lock */
	char *path; /* owned; NULL when not held */
};

/*
 * Try to take the lock, without waiting. Returns 1 if taken, 0 if another process holds it, -1 with
 * errno; ENOTSUP: path exists but is not a regular file.
 */
int locktry(struct lock *l, const char *path);

/* Release the lock, if held. */
void lockdrop(struct lock *l);

#endif
