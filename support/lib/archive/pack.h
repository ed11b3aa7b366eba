/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory tree as one stream: a tar archive (pax), compressed with zstd. It holds regular
 * files, directories and symbolic links with their names (any bytes), modes and times, in one
 * order; files with several names in it keep them. The same tree gives the same stream. Names,
 * depth and number of files are within the bounds of bound.h: what lies beyond is neither packed
 * nor unpacked.
 */
#ifndef ARCHIVE_PACK_H
#define ARCHIVE_PACK_H

/* Write what is below directory dir to fd. 0, or -1 with *why (caller frees). */
int packtree(const char *dir, int fd, char **why);

#endif
