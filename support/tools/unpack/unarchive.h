/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unpacking: reads an archive entry by entry, refuses what no source archive needs, and
 * writes the rest into a new directory.
 */
#ifndef UNPACK_UNARCHIVE_H
#define UNPACK_UNARCHIVE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

struct extract {
	int strip; /* leading components to drop from each name */
	const struct strlist
		*only;	  /* paths (after strip) to unpack, as nameclean gives them; empty: all */
	off_t limit;	  /* bytes that it may decompress to, and its files may have together; 0: by
			     the size of the archive, or what a pipe may bring */
	size_t count;	  /* gives: files and links unpacked */
	long long newest; /* gives: newest mtime of a regular file in the archive, in seconds
			     since 1970; -1: it has none */
	char *error;	  /* gives: what went wrong, the entry included; caller frees */
};

/*
 * Unpack the archive open at fd, from its current offset, into the empty directory dir. The
 * process must have a umask of 022.
 * Returns 0, or -1 with x->error set; then dir holds a part.
 */
int extract(struct extract *x, int fd, const char *dir);

#endif
