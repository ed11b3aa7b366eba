/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decompressing a core. */
#ifndef CORES_UNPACK_H
#define CORES_UNPACK_H

/*
 * Decompress the core at from to the file fd, which is empty, with holes where it is zero. Returns
 * NULL, or why it failed (caller frees).
 */
char *unpack(const char *from, int fd);

#endif
