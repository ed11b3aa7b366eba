/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The run directory: other programs find a running guest by the sockets in it. A directory is for
 * one guest at a time.
 */
#ifndef RUNQEMU_RUNDIR_H
#define RUNQEMU_RUNDIR_H

#include <sys/types.h>

#define RUN_GDB	  "gdb"	  /* stream socket: QEMU's gdb server */
#define RUN_SHELL "shell" /* socket of packets: further shells (attach.h) */

struct rundir {
	char *path; /* owned */
	int fd;	    /* the directory, locked; -1: not open */
};

/*
 * Create the directory if needed, and lock it. Returns 0, or -1 with errno; EBUSY: a guest runs
 * with it.
 */
int rundiropen(struct rundir *r, const char *path);

/*
 * Create a listening socket of that type (SOCK_STREAM ...) with that name in the directory; its
 * path may have any length. Returns a descriptor, or -1 with errno.
 */
int rundirlisten(const struct rundir *r, const char *name, int type);

/*
 * Connect to the socket name in the directory at path. Returns a descriptor, or -1 with errno;
 * ENOENT or ECONNREFUSED: no guest runs there.
 */
int rundirconnect(const char *path, const char *name, int type);

/* Remove our sockets, and the directory if it is empty. No effect if not open. */
void rundirclose(struct rundir *r);

#endif
