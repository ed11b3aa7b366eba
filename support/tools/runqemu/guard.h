/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A filter of system calls for servers of shared directories. A server of a writable directory does
 * what the guest's root asks, with the rights of the user who started it. No file may result that
 * gives these rights to others.
 */
#ifndef RUNQEMU_GUARD_H
#define RUNQEMU_GUARD_H

#include <stdbool.h>

/* Return whether this kernel supports filters of system calls. */
bool guardworks(void);

/*
 * Prevent this process, also after exec, from creating device nodes and set-id files: the attempt
 * fails with EPERM. setgid: allow set-group-id, for directories that pass their group on. Does
 * nothing where guardworks is false. Returns 0, or -1 with errno.
 */
int guardset(bool setgid);

#endif
