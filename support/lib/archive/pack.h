/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Packing of a directory tree into one stream: a tar archive (pax) compressed with zstd. It holds
 * regular files, directories and symbolic links with their names (any bytes), modes and times, in a
 * fixed order; hard links are kept. The same tree gives the same stream. A tree beyond the limits
 * of bound.h is neither packed nor unpacked.
 */
#ifndef ARCHIVE_PACK_H
#define ARCHIVE_PACK_H

/* Write the contents of directory dir to fd. Returns 0, or -1 with *why set (caller frees). */
int packtree(const char *dir, int fd, char **why);

#endif
