/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zip archives: how to tell them from tar, and how to find their end. */
#ifndef UNPACK_ZIP_H
#define UNPACK_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct archive;
struct zip;

/* Bytes at the start of a file that zipis needs. */
#define ZIP_HEAD 4

/* Return whether a file with this start is zip. No supported tar archive starts like that. */
bool zipis(const unsigned char *head, size_t len);

/*
 * Return the end of the archive in tail, the last bytes of a file: the offset after the end record
 * of the central directory and its comment, if only zeros follow. Returns 0 if there is no end
 * record, -1 if other data follows or the comment is truncated.
 */
ssize_t zipend(const unsigned char *tail, size_t len);

/*
 * Make a read the regular file fd from offset at; a is opened afterwards. Returns NULL, with *why
 * set to static text, if other data follows the archive's end or fd cannot be read. Close the
 * result after a.
 */
struct zip *zipopen(struct archive *a, int fd, off_t at, const char **why);

void zipclose(struct zip *z); /* NULL is fine */

#endif
