/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zip archives: how they are told from tar, and where they end. */
#ifndef UNPACK_ZIP_H
#define UNPACK_ZIP_H

#include <stddef.h>
#include <sys/types.h>

struct archive;
struct zip;

/* Bytes of a file's beginning that zipis looks at. */
#define ZIP_HEAD 4

/* Nonzero if a file that begins so is zip. No tar archive that is taken here begins so. */
int zipis(const unsigned char *head, size_t len);

/*
 * Where the archive ends that tail ends with: behind its directory's end mark and comment, so that
 * all that follows are zeros. 0: there is no mark; -1: something else follows, or the end of the
 * comment is missing.
 */
ssize_t zipend(const unsigned char *tail, size_t len);

/*
 * Make the regular file fd, from offset at, what a reads once it is opened. NULL, with *why as
 * static text, if something follows the archive's end, or it cannot be read. Close the result after
 * a.
 */
struct zip *zipopen(struct archive *a, int fd, off_t at, const char **why);

void zipclose(struct zip *z); /* NULL is fine */

#endif
