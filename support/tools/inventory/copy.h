/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of others, as they are. */
#ifndef INVENTORY_COPY_H
#define INVENTORY_COPY_H

#include <stdbool.h>

/*
 * Make the file at to, whose directories are made, have what from has: as a further name of it if
 * uselink is nonzero and the file system can, else as a copy of mode 0644. 0, or -1 with errno.
 */
int filecopy(const char *from, const char *to, bool uselink);

#endif
