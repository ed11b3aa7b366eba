/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QEMU as a child process, with a socket for each channel to it. */
#ifndef RUNQEMU_VM_H
#define RUNQEMU_VM_H

#include <stdbool.h>
#include <sys/types.h>

#include "share.h"

/* QEMU finds channel c at descriptor VM_FD(c). */
enum channel {
	CH_QMP,	    /* QMP */
	CH_CONSOLE, /* the guest's first serial port */
	CH_OUT,	    /* virtio-serial port: the command's standard output */
	CH_ERR,	    /* virtio-serial port: its standard error */
	CH_TTY,	    /* the guest's second serial port: both */
	CH_SHELL,   /* virtio-serial port: further shells, or a command's output */
	CH_CONTROL, /* virtio-serial port: control of these, or a command's errors */
	CH_COUNT,
};

#define VM_FD(c)  (3 + (int)(c))
#define VM_INITRD VM_FD(CH_COUNT)     /* where QEMU finds the initrd's memory file */
#define VM_GDB	  VM_FD(CH_COUNT + 1) /* and the socket on which it listens for gdb */
#define VM_SHARES VM_FD(CH_COUNT + 2) /* first descriptor of virtiofs; one for each share */

struct vm {
	pid_t pid;	  /* -1: no process */
	int status;	  /* as from waitpid, once pid is -1 */
	int fd[CH_COUNT]; /* our ends, non-blocking; -1 once closed */
	int errors;	  /* QEMU's messages, non-blocking; -1 once closed */
};

/*
 * Start argv (NULL-terminated) with initrd at VM_INITRD, gdb at VM_GDB (-1: none) and the sockets
 * of shares (NULL: none) from VM_SHARES on. pipes: the serial ports are pipes, which QEMU only
 * writes to, and which take much before they are full. It is killed when we exit. Returns 0, or -1
 * with errno if there is no such program or it cannot be started.
 */
int vmstart(struct vm *vm, char **argv, int initrd, int gdb, const struct shares *shares,
	    bool pipes);

/*
 * Read available data from one of its descriptors; at end of file, close it. Returns the number of
 * bytes, or 0.
 */
size_t vmread(int *fd, char *data, size_t size);

/* Return the number of bytes available from a descriptor; 0 if it is -1. */
size_t vmwaiting(int fd);

/* Close the channels up to last, and errors. */
void vmclose(struct vm *vm, enum channel last);

/* Send a signal to QEMU and its process group: QEMU may have been started by a script. */
void vmsignal(const struct vm *vm, int signo);

/* Return whether it has ended; does not block. Remaining processes of its group are killed. */
bool vmended(struct vm *vm);

/* Kill it and all processes of its group, and close all descriptors. */
void vmstop(struct vm *vm);

#endif
