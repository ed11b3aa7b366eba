/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decompressing a core. */
#ifndef CORES_COREUNPACK_H
#define CORES_COREUNPACK_H

/*
 * Decompress the core at from to the file fd, which is empty, with holes where it is zero. Returns
 * NULL, or why it failed (caller frees).
 */
char *coreunpack(const char *from, int fd);

#endif
