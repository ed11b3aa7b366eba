/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directory by which other programs find a guest that runs: its sockets lie there for as long
 * as it does. A directory is for one guest at a time.
 */
#ifndef RUNQEMU_RUNDIR_H
#define RUNQEMU_RUNDIR_H

#include <sys/types.h>

#define RUN_GDB	  "gdb"	  /* stream socket: QEMU's gdb server */
#define RUN_SHELL "shell" /* socket of packets: further shells (attach.h) */

struct rundir {
	char *path; /* owned */
	int fd;	    /* the directory, which we have locked; -1: not open */
};

/*
 * Make the directory if need be and take it for us. Returns 0, or -1 with errno set, to EBUSY if
 * a guest runs there already.
 */
int rundiropen(struct rundir *r, const char *path);

/*
 * A socket of that type (SOCK_STREAM ...) which listens there by that name, however long the path
 * is. Returns a descriptor, or -1 with errno set.
 */
int rundirlisten(const struct rundir *r, const char *name, int type);

/*
 * Connect to the socket of that name in the directory at path. Returns a descriptor, or -1 with
 * errno set, to ENOENT or ECONNREFUSED if no guest runs there.
 */
int rundirconnect(const char *path, const char *name, int type);

/* Remove what we put there, and the directory if it is empty; harmless if it is not open. */
void rundirclose(struct rundir *r);

#endif
