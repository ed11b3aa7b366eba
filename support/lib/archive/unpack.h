/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Unpacking of the streams that pack.h writes. */
#ifndef ARCHIVE_UNPACK_H
#define ARCHIVE_UNPACK_H

/*
 * Unpack fd, from its current offset to its end, as directory dir. Nothing is written outside dir,
 * even if the stream is malicious. Returns 0; -1 if dir could not be written; 1 if the stream is
 * damaged or refused. After an error, *why is set (caller frees) and dir is incomplete.
 */
int unpacktree(const char *dir, int fd, char **why);

#endif
