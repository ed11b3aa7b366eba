/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What serves a directory to a guest, which may write to it, does what the guest's root says, with
 * the rights of whoever started it. Files that lend these rights to others must not come of that.
 */
#ifndef RUNQEMU_GUARD_H
#define RUNQEMU_GUARD_H

#include <stdbool.h>

/* Whether this machine's kernel has what it takes, filters of system calls. */
bool guardworks(void);

/*
 * This process, and the program that it becomes, can make no device node and no set-id file any
 * more: the attempt gives EPERM. setgid: set-group-id is let be, for directories that hand their
 * group on. Does nothing on a machine where it does not work. Returns 0, or -1 with errno set.
 */
int guardset(bool setgid);

#endif
