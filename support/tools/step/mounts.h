/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A machine that is read-only but for some places, for a process in a mount namespace of its own.
 * By system calls of Linux 5.2 and 5.12, which not every C library knows.
 */
#ifndef STEP_MOUNTS_H
#define STEP_MOUNTS_H

#include <stddef.h>

/*
 * Make all below / read-only, but not the n trees at places: absolute paths, of which a later one
 * may lie in an earlier one, and those that do not exist are passed over; the last one must. What
 * is mounted read-only there stays so. -1 with errno if the kernel cannot; all can be written
 * to then as before.
 */
int mountsonly(const char *const *places, size_t n);

#endif
