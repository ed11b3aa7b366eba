/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QEMU as a child process, with a socket for each thing that is said between it and us. */
#ifndef RUNQEMU_VM_H
#define RUNQEMU_VM_H

#include <stdbool.h>
#include <sys/types.h>

#include "share.h"

/* QEMU finds channel c at descriptor VM_FD(c). */
enum channel {
	CH_QMP,	    /* its machine protocol */
	CH_CONSOLE, /* the guest's first serial port */
	CH_OUT,	    /* virtio-serial port: the command's standard output */
	CH_ERR,	    /* virtio-serial port: its standard error */
	CH_TTY,	    /* the guest's second serial port: both */
	CH_SHELL,   /* virtio-serial port: a further shell, or a command's output */
	CH_CONTROL, /* virtio-serial port: what is said about that, or a command's errors */
	CH_COUNT,
};

#define VM_FD(c)  (3 + (int)(c))
#define VM_INITRD VM_FD(CH_COUNT)     /* where QEMU finds the initrd's memory file */
#define VM_GDB	  VM_FD(CH_COUNT + 1) /* and the socket on which it listens for gdb */
#define VM_SHARES                                                                                  \
	VM_FD(CH_COUNT + 2) /* from here on those of virtiofs, by the number of the share */

struct vm {
	pid_t pid;	  /* -1 when there is no such process any more */
	int status;	  /* as waitpid gave it, once pid is -1 */
	int fd[CH_COUNT]; /* our ends, non-blocking; -1 once closed */
	int errors;	  /* what QEMU prints, non-blocking; -1 once closed */
};

/*
 * Start argv (NULL-terminated) with initrd at VM_INITRD and gdb at VM_GDB, -1 for none, and what
 * shares, NULL for none, have for it at VM_SHARES. It dies when we do. Returns 0, or -1 with errno
 * set when there is no such program or it cannot be started.
 */
int vmstart(struct vm *vm, char **argv, int initrd, int gdb, const struct shares *shares);

/* Read some of what there is at one of its descriptors, which is closed at its end: bytes, or 0. */
size_t vmread(int *fd, char *data, size_t size);

/* How many bytes there are to be read at a descriptor; 0 if it is -1. */
size_t vmwaiting(int fd);

/* Close the channels up to last, and errors. */
void vmclose(struct vm *vm, enum channel last);

/* Send a signal to it and to what it started: a QEMU may stand behind a script. */
void vmsignal(const struct vm *vm, int signo);

/* Whether it has ended; does not wait. What it started and left behind is killed. */
bool vmended(struct vm *vm);

/* Make sure that it is gone, with all that it started, and close all. */
void vmstop(struct vm *vm);

#endif
