/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unpacking of source archives: read an archive entry by entry, refuse what no source archive
 * needs, and write the rest into a new directory.
 */
#ifndef UNPACK_UNARCHIVE_H
#define UNPACK_UNARCHIVE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

struct extract {
	int strip; /* leading components to remove from each name */
	const struct strlist
		*only; /* paths (after strip) to unpack, as returned by nameclean; empty: all */
	off_t limit;  /* limit in bytes for the decompressed data and for the total of its files; 0:
			 derived from the size of the archive, or the limit for pipes */
	size_t count; /* result: files and links unpacked */
	long long newest; /* result: newest mtime of a regular file in the archive, in seconds since
			     1970; -1: no file */
	char *error;	  /* result: error message, which names the entry; caller frees */
};

/*
 * Unpack the archive open at fd, from its current offset, into the empty directory dir. The process
 * must have a umask of 022. Returns 0, or -1 with x->error set; then dir is incomplete.
 */
int extract(struct extract *x, int fd, const char *dir);

#endif
