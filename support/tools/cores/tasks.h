/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guest's tasks as threads of its core: a debugger then shows the stack of each. */
#ifndef CORES_TASKS_H
#define CORES_TASKS_H

#include "base/buf.h"
#include "elfcore.h"
#include "kernel.h"

/*
 * Add a note with the registers of each task that does not run to the core. Those that run have the
 * registers of their processors; all get the number of their task. moved: how far the kernel is
 * from the addresses of vmlinux. names is filled with the names of the threads, as the guest has
 * them, in their order. Returns NULL, or why the core stays as it is (caller frees).
 */
char *tasksadd(struct elfcore *c, const struct kernel *k, uint64_t moved, struct strlist *names);

#endif
