/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a file is what it was, without a look at its content. */
#ifndef FS_FILESTATE_H
#define FS_FILESTATE_H

#include <sys/stat.h>

/*
 * A text of the size, the inode and both times of a file. It is the same as long as nobody has
 * written to the file, or replaced it. The caller frees it.
 */
char *filestate(const struct stat *st);

#endif
