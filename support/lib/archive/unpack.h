/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader of what pack.h writes. */
#ifndef ARCHIVE_UNPACK_H
#define ARCHIVE_UNPACK_H

/*
 * Make directory dir of what fd holds from its current offset to its end. Nothing is written
 * outside dir, whatever the stream says. 0; or with *why (caller frees), dir being
 * incomplete: -1 it could not be written, 1 the stream is damaged or refused.
 */
int unpacktree(const char *dir, int fd, char **why);

#endif
