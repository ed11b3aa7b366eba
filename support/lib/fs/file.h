/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files and directories. Unless a comment says otherwise, functions return 0 (or a descriptor), or
 * -1 with errno; none prints.
 */
#ifndef FS_FILE_H
#define FS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

/*
 * Open a regular file with flags (O_RDWR ...; mode for O_CREAT) and O_CLOEXEC, without blocking.
 * Any other type (a fifo, a device or, with O_NOFOLLOW, a symbolic link) is not opened; errno is
 * ENOTSUP.
 */
int regopen(const char *path, int flags, mode_t mode);

/* Append the contents of the file at path to out. */
int fileread(const char *path, struct buf *out);

/* Write all len bytes to fd; continues after short writes and EINTR. */
int writeall(int fd, const void *data, size_t len);

/* Read up to len bytes, fewer only at end of file. Returns the number of bytes, or -1. */
ssize_t readall(int fd, void *data, size_t len);

/* Write the rest of the file from to to. */
int fdcopy(int from, int to);

/*
 * Output to a file that appears complete or not at all: write to fd; outcommit then renames it to
 * its final name (atomic; durable only after outsync).
 *
 * Only a regular file, or a symbolic link, is replaced. A device, a fifo, or a name of an open
 * descriptor (/dev/stdout, /dev/stderr, /dev/fd/N, /proc/self/fd/N), also through a symbolic link,
 * is kept: outcommit writes the data to it.
 */
struct outfile {
	int fd;	    /* open for reading and writing, seekable; -1: not open */
	char *path; /* final name, owned */
	char *temp; /* path of the temporary file, for open(); owned. Next to path if that is
		       replaced; else a name in /proc, for a file that vanishes with fd */
};

/* Open a temporary file for path, with mode (minus the umask). */
int outopen(struct outfile *o, const char *path, mode_t mode);
int outsync(struct outfile *o); /* fsync */

/* Close, and rename or copy; on failure the temporary file is removed. */
int outcommit(struct outfile *o);
void outabort(struct outfile *o); /* close and remove; no effect after outcommit */

/* Whether outcommit would replace path; if false, it would write to it. */
bool outreplaces(const char *path);

/*
 * Remove the file that an earlier outcommit put at path, but not a file that outcommit would write
 * to. A missing path is fine.
 */
int outremove(const char *path);

/* Write data to path by outopen and outcommit. */
int filewrite(const char *path, const void *data, size_t len, mode_t mode);

/* Whether path is a regular file with exactly these contents. Reads no other type. */
bool fileholds(const char *path, const void *data, size_t len);

/* Like filewrite, but do nothing if fileholds. Returns 1 written, 0 unchanged, or -1. */
int fileupdate(const char *path, const void *data, size_t len, mode_t mode);

/* Create the directory path and its parents, mode 0777 minus the umask; an existing one is fine. */
int mkdirs(const char *path);

/* Create the parent directories of path, like mkdirs. */
int mkparents(const char *path);

/* Return "dir/name" (only name if dir is "") as a new string; the caller frees it. */
char *pathjoin(const char *dir, const char *name);

/* Append the names in directory path, without . and .., sorted bytewise. */
int dirlist(const char *path, struct strlist *out);

#endif
