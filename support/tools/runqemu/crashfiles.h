/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files beside the memory of a guest that crashed. */
#ifndef RUNQEMU_CRASHFILES_H
#define RUNQEMU_CRASHFILES_H

#include "crash.h"

/*
 * Write the log and the commands to c->path, and copy the kernel with its scripts for gdb. A kernel
 * that another crash has is linked. Returns 0, or -1 with errno.
 */
int crashfiles(struct crash *c, const struct launch *l);

#endif
