/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mount everything read-only except some places, in a mount namespace of the process. Uses system
 * calls of Linux 5.2 and 5.12 that not every C library has.
 */
#ifndef STEP_MOUNTS_H
#define STEP_MOUNTS_H

#include <stddef.h>

/*
 * Make all of / read-only except the n trees at places. These are absolute paths; a later one may
 * be inside an earlier one. A place that does not exist is skipped, but the last one must exist.
 * Mounts below a place that are read-only already stay so. Returns 0, or -1 with errno if the
 * kernel cannot do it; then nothing is read-only that was not before.
 */
int mountsonly(const char *const *places, size_t n);

#endif
