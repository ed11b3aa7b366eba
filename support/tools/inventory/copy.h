/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copying files. */
#ifndef INVENTORY_COPY_H
#define INVENTORY_COPY_H

#include <stdbool.h>

/*
 * Copy the file from to to, and create to's parent directories: as a hard link if uselink and the
 * file system permits, else as a copy with mode 0644. Returns 0, or -1 with errno.
 */

int filecopy(const char *from, const char *to, bool uselink);

#endif
