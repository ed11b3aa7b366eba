/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing of one part of a sealed tree as a newc cpio archive. */
#ifndef MKINITRAMFS_ARCHIVE_H
#define MKINITRAMFS_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/compress.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/* Return the number of bytes that archivewrite writes for that part. */
uint64_t archivesize(const struct tree *t, unsigned part);

/*
 * Write the archive of the part. All time stamps are mtime (seconds since 1970). With digests, the
 * digest of each file is set. Returns 0, or -1 with the error in p; out is the name of the output
 * file in messages.
 */
int archivewrite(const struct tree *t, unsigned part, uint32_t mtime, bool digests, struct sink *s,
		 const char *out, struct problems *p);

#endif
