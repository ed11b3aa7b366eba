/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a sealed tree goes to one part, as a newc cpio archive. */
#ifndef MKINITRAMFS_ARCHIVE_H
#define MKINITRAMFS_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/compress.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/* The bytes that archivewrite will write for that part. */
uint64_t archivesize(const struct tree *t, unsigned part);

/*
 * Write the part's archive, every time stamp being mtime (seconds since 1970). With digests, each
 * file's digest is set on the way. 0, or -1 with the reason in p; out names the sink's file
 * in it.
 */
int archivewrite(const struct tree *t, unsigned part, uint32_t mtime, bool digests, struct sink *s,
		 const char *out, struct problems *p);

#endif
