/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A lock between processes, on a file that exists only while the lock is held or wanted. The
 * kernel drops it when its holder dies; a file left over does no harm.
 */
#ifndef FETCH_LOCK_H
#define FETCH_LOCK_H

struct lock {
	int fd;	    /* holds the lock */
	char *path; /* owned; NULL when not held */
};

/*
 * Try to take it, without waiting. Returns 1 taken, 0 another has it, -1 with errno set: ENOTSUP if
 * path is there and is no regular file.
 */
int locktry(struct lock *l, const char *path);

/* Give it up, if it is held. */
void lockdrop(struct lock *l);

#endif
