/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files and directories. Functions return 0 (or a descriptor) on success and -1 with errno
 * set on failure, unless they say otherwise; none prints.
 */
#ifndef FS_FILE_H
#define FS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

/*
 * Open a regular file with flags (O_RDWR ...; mode for O_CREAT) and O_CLOEXEC, without ever
 * waiting. What is there but is something else, such as a fifo, a device or (with O_NOFOLLOW) a
 * symbolic link, stays as it is and gives errno ENOTSUP.
 */
int regopen(const char *path, int flags, mode_t mode);

/* Append all of the file at path to out. */
int fileread(const char *path, struct buf *out);

/* Write all len bytes to fd, going on after short writes and EINTR. */
int writeall(int fd, const void *data, size_t len);

/* Read until len bytes or end of file; returns the bytes read, -1 on error. */
ssize_t readall(int fd, void *data, size_t len);

/*
 * A file that appears whole or not at all: write to fd, then outcommit renames it to its
 * final name in one step (atomic; durable only if outsync was called before).
 *
 * Only a file is replaced. A device, a fifo, or an open descriptor by one of its names
 * (/dev/stdout, /dev/stderr, /dev/fd/N, /proc/self/fd/N), also through a symbolic link, stays what
 * it is: outcommit writes all to it. A symbolic link to a file, or to nothing, is replaced.
 */
struct outfile {
	int fd;	    /* open for reading and writing, it can seek; -1 when not open */
	char *path; /* final name, owned */
	char *temp; /* a name of what fd is open for, for open(); owned. Beside path if that is
		       replaced, else one in /proc for a file that vanishes with fd */
};

/* Open a temporary file for path, with mode (the umask applies). */
int outopen(struct outfile *o, const char *path, mode_t mode);
int outsync(struct outfile *o); /* fsync */

/* Close, and rename or write through; on failure the temporary is removed. */
int outcommit(struct outfile *o);
void outabort(struct outfile *o); /* close and remove; harmless after outcommit */

/* Whether outcommit would replace path: 1, or 0 if it would write to what is there. */
bool outreplaces(const char *path);

/* Remove what an earlier outcommit put at path; what would be written to stays. A missing path is
 * fine. */
int outremove(const char *path);

/* Write data to path as above. */
int filewrite(const char *path, const void *data, size_t len, mode_t mode);

/* Whether path is a file that holds just those bytes, 1 or 0. Never reads anything but a file. */
bool fileholds(const char *path, const void *data, size_t len);

/* As filewrite, but leave alone what fileholds. Returns 1 written, 0 same, -1. */
int fileupdate(const char *path, const void *data, size_t len, mode_t mode);

/* Make directory path and its parents, mode 0777 less the umask; one that exists is fine. */
int mkdirs(const char *path);

/* mkdirs for the directory that holds path. */
int mkparents(const char *path);

/* "dir/name" as a new string (just name where dir is ""); caller frees. */
char *pathjoin(const char *dir, const char *name);

/* The names in directory path, sorted by bytes, without . and .. */
int dirlist(const char *path, struct strlist *out);

#endif
