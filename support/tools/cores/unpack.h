/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decompressing a core. */
#ifndef CORES_UNPACK_H
#define CORES_UNPACK_H

/*
 * Decompress the core at from to the new file to, with holes where it is zero. Returns a descriptor
 * for reading and writing it, or -1 with *why set (caller frees); there is no file then.
 */
int unpack(const char *from, const char *to, char **why);

#endif
